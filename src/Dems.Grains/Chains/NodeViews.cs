using Dems.Contracts.Queries;
using Dems.Core.Energy;
using Dems.Core.Ledger.Execution;

namespace Dems.Grains.Chains;

/// <summary>Nodes of the state as the API shows them.</summary>
internal static class NodeViews
{
    public static NodeView Of(NodeAddress address, NodeRecord record, string pool) => new(
        address.ToString(),
        record.MeteringPoint,
        record.Party.ToString(),
        pool,
        DateTimeOffset.FromUnixTimeSeconds(record.ValidFrom),
        record.ValidUntil == 0 ? null : DateTimeOffset.FromUnixTimeSeconds(record.ValidUntil),
        [.. record.Sources.Select(s => new SourceView(s.Name, s.Carrier.ToString(), s.Kind.ToString(), s.PowerLimitW, s.MaxEnergyWh))]);
}
