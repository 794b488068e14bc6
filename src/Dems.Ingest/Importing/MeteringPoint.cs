using Dems.Core.Energy;

namespace Dems.Ingest.Importing;

/// <summary>What an import names: a metering point's id and what flows there.</summary>
/// <param name="Id">The id as the file gives it.</param>
/// <param name="Carrier">What is metered.</param>
public readonly record struct MeteringPoint(string Id, Carrier Carrier)
{
    /// <summary>
    /// The id that the node is registered under. A reading names its register but not its carrier, so each carrier of one metering point has a node of its own;
    /// electricity keeps the plain id.
    /// </summary>
    public string RegisteredId => Carrier == Carrier.Electricity ? Id : $"{Id}:{Carrier.ToString().ToLowerInvariant()}";

    /// <summary>The registered id.</summary>
    public override string ToString() => RegisteredId;
}
