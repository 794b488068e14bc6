using Dems.Core.Ledger;

namespace Dems.Replication.Ports;

/// <summary>One damaged piece of stored data.</summary>
/// <param name="File">File or table the piece is in.</param>
/// <param name="What">block, certificate, entry, tile, safety, page, …</param>
/// <param name="Height">Block that repairs it, if it belongs to one.</param>
/// <param name="Place">Index, leaf hash or tile path.</param>
/// <param name="Reason">What did not match.</param>
public sealed record Damage(string File, string What, Height? Height, string Place, string Reason)
{
    /// <summary>One line for people.</summary>
    public override string ToString() =>
        $"{File}: {What} {Place}{(Height is { } h ? $" (block {h})" : "")}: {Reason}";
}
