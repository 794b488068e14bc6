using Dems.Core.Ledger;

namespace Dems.Storage.Chain;

/// <summary>Blocks that are not here yet because the state above them came from peers; they are fetched in the background, the lowest first.</summary>
/// <param name="First">The lowest missing block.</param>
/// <param name="Last">The highest; its header is here already, its entries are not.</param>
public readonly record struct ChainGap(Height First, Height Last)
{
    /// <summary>Whether a block lies in it.</summary>
    public bool Contains(Height height) => height >= First && height <= Last;
}
