using Dems.Core.Energy;
using Dems.Core.Ledger.Encoding;
using Dems.Core.Ledger.Entries;
using Dems.Core.Ledger.Execution;
using Dems.Core.Ledger.Execution.Intervals;

namespace Dems.Storage.Tests.Replicas;

/// <summary>A plant that feeds in 200 Wh in each quarter-hour, and two homes that use 300 and 100 Wh of it: pro rata gives 150 and 50, equal shares 100 each.</summary>
internal sealed class SharingHomes
{
    public const int QuarterHour = 900;

    private readonly (TestSigner Key, SourceKind Source, Register Register, long Quantity)[] _nodes =
    [
        (new(), SourceKind.Photovoltaic, Register.Export, 200),
        (new(), SourceKind.Grid, Register.Import, 300),
        (new(), SourceKind.Grid, Register.Import, 100),
    ];

    /// <summary>Registrations, one for each party.</summary>
    public IReadOnlyList<OpenedEntry> Admit(TestNetwork network, IReadOnlyList<TestSigner> parties, Func<EntryBody, TestSigner, OpenedEntry> sign) =>
    [
        .. _nodes.Select((node, i) => sign(
            EntryBuilder.NodeRegistration(
                network.Chain,
                node.Key,
                $"AT00200000000000000000000000000{i}",
                NodeAddress.Of(parties[i].PublicKey),
                [new EnergySource("meter", Carrier.Electricity, node.Source, 0, 0)],
                validFrom: 0),
            parties[i])),
    ];

    /// <summary>What each meter counted in consecutive quarter-hours, signed by the meters themselves.</summary>
    public IReadOnlyList<OpenedEntry> Meter(long from, int count, Func<EntryBody, TestSigner, OpenedEntry> sign) =>
    [
        .. _nodes.Select(node => sign(
            new ReadingBatch(
                NodeAddress.Of(node.Key.PublicKey),
                [new ReadingRun(node.Register, from, QuarterHour, Quality.Measured, Revision: 0, Enumerable.Repeat(node.Quantity, count).ToArray())]),
            node.Key)),
    ];

    /// <summary>What the homes received in a quarter-hour; null while it is not allocated.</summary>
    public long[]? Received(LedgerState state, long start)
    {
        var interval = state.Allocation.OnDay(Carrier.Electricity, (int)(start / 86_400)).FirstOrDefault(known => known.Start == start && known.IsAllocated);
        return interval is null ? null : [.. _nodes.Skip(1).Select(home => AmountsOf(interval, NodeAddress.Of(home.Key.PublicKey)).Allocated)];
    }

    private static AllocatedAmounts AmountsOf(AllocatedInterval interval, NodeAddress node) => interval.Amounts.Single(amounts => amounts.Key == node).Value;
}
