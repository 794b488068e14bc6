using Dems.Core.Energy;
using Dems.Core.Governance;
using Dems.Core.Ledger;
using Dems.Core.Ledger.Execution;
using Dems.Core.Ledger.Execution.Intervals;
using Dems.Core.Settlement.Encoding;
using Dems.Core.Settlement.Statements;
using Dems.Core.Settlement.Tariffs;

namespace Dems.Core.Settlement.OnChain;

/// <summary>What a state says about a pool besides its energy, as far as settlement and explanations read it: who holds which node, policies, tariffs, what was closed.</summary>
public sealed record PoolRecords
{
    private static readonly Carrier[] Carriers = Enum.GetValues<Carrier>();

    /// <summary>The value under a key of the state; null if there is none.</summary>
    public delegate ReadOnlyMemory<byte>? Lookup(Hash32 key);

    /// <summary>The chain.</summary>
    public required ChainId Chain { get; init; }

    /// <summary>Nodes ever registered, in that order.</summary>
    public required IReadOnlyList<KeyValuePair<NodeAddress, NodeRecord>> Nodes { get; init; }

    /// <summary>The policies of each carrier that the pool shares, ascending by carrier.</summary>
    public required IReadOnlyList<KeyValuePair<Carrier, PolicySchedule>> Policies { get; init; }

    /// <summary>The tariffs that ballots put in force; none before the first.</summary>
    public required TariffHistory Tariffs { get; init; }

    /// <summary>Hash of the table of local time that a ballot named; null while none has.</summary>
    public required Hash32? TimeZones { get; init; }

    /// <summary>The settlements that ballots closed, in the order of their periods.</summary>
    public required IReadOnlyList<ApprovedSettlement> Closed { get; init; }

    /// <summary>The policies of a carrier; null if the pool does not share it.</summary>
    public PolicySchedule? PoliciesOf(Carrier carrier) => Policies.FirstOrDefault(policies => policies.Key == carrier).Value;

    /// <summary>Nodes as contracts to bill, from the first tariff on: what lies before has no price.</summary>
    public IReadOnlyList<NodeContract> Contracts()
    {
        var first = Tariffs.Versions.Count > 0 ? Tariffs.Versions[0].From : NodeContract.Open;
        return
        [
            .. Nodes
                .Select(node => new NodeContract(
                    node.Key,
                    node.Value.Carrier,
                    node.Value.Party,
                    long.Max(node.Value.ValidFrom, first),
                    node.Value.ValidUntil == 0 ? NodeContract.Open : node.Value.ValidUntil,
                    Group: ""))
                .Where(contract => contract.From < contract.Until),
        ];
    }

    /// <summary>Reads a state; each key that is looked up can be proven to somebody else, who reads the same.</summary>
    /// <param name="lookup">The state, or what was proven of it. A key that is neither proven present nor absent must throw <see cref="KeyNotFoundException"/>.</param>
    /// <param name="records">What was read.</param>
    /// <param name="error">Why bytes are not those of a state.</param>
    public static bool TryRead(Lookup lookup, out PoolRecords records, out string error)
    {
        (records, error) = (null!, "");
        try
        {
            records = Read(lookup, out error);
        }
        catch (Exception e) when (e is InvalidOperationException or KeyNotFoundException)
        {
            error = e.Message;
        }

        return error.Length == 0;
    }

    /// <summary>Reads what was shown of a state; false with a reason if something is missing or stands twice. Checks no proof.</summary>
    public static bool TryRead(IReadOnlyList<ProvenState> state, out PoolRecords records, out string error)
    {
        records = null!;
        var values = new Dictionary<Hash32, ReadOnlyMemory<byte>?>();
        foreach (var item in state)
        {
            if (!values.TryAdd(item.Key, item.Value))
            {
                error = $"key {item.Key} stands twice";
                return false;
            }
        }

        return TryRead(key => values.TryGetValue(key, out var value) ? value : throw new KeyNotFoundException($"nothing is shown under {key}"), out records, out error);
    }

    private static PoolRecords Read(Lookup lookup, out string error)
    {
        var schedule = Get(lookup, StateKeys.Tariffs, StateDecoders.Schedule)?.Items ?? [];
        List<TariffVersion> tariffs = [];
        error = "";
        foreach (var (from, bytes) in schedule)
        {
            if (!TariffCodec.TryDecode(bytes, out var tariff, out error))
            {
                return null!;
            }

            tariffs.Add(new TariffVersion(from, tariff));
        }

        return !TariffHistory.TryCreate(tariffs, out var history, out error)
            ? null!
            : new PoolRecords
            {
                Chain = new ChainId((Get(lookup, StateKeys.Chain, StateDecoders.Hash) ?? throw new KeyNotFoundException("the state names no chain")).Value),
                Nodes = ReadNodes(lookup),
                Policies =
                [
                    .. Carriers.Select(carrier => KeyValuePair.Create(carrier, Get(lookup, StateKeys.Policies(carrier), StateDecoders.Policies)!)).Where(policies => policies.Value is not null),
                ],
                Tariffs = history,
                TimeZones = Get(lookup, StateKeys.Protocol, StateDecoders.Protocol)?.TimeZones,
                Closed = ReadClosed(lookup),
            };
    }

    private static List<KeyValuePair<NodeAddress, NodeRecord>> ReadNodes(Lookup lookup)
    {
        var nodes = new List<KeyValuePair<NodeAddress, NodeRecord>>();
        var count = Get(lookup, StateKeys.NodeCount, StateDecoders.Count)?.Value ?? 0;
        for (var page = 0; nodes.Count < count; page++)
        {
            foreach (var address in Require(lookup, StateKeys.NodeIndexPage(page), StateDecoders.NodeIndexPage).Nodes)
            {
                nodes.Add(KeyValuePair.Create(address, Require(lookup, StateKeys.Node(address), StateDecoders.Node)));
            }
        }

        return nodes;
    }

    private static List<ApprovedSettlement> ReadClosed(Lookup lookup)
    {
        var closed = new List<ApprovedSettlement>();
        for (var next = Get(lookup, StateKeys.SettlementBook, StateDecoders.SettlementBook)?.Last; next is { } period; next = closed[^1].Before)
        {
            closed.Add(Require(lookup, StateKeys.ApprovedSettlement(period), StateDecoders.ApprovedSettlement));
        }

        closed.Reverse();
        return closed;
    }

    private static T? Get<T>(Lookup lookup, Hash32 key, Func<ReadOnlyMemory<byte>, T> decode)
        where T : class => lookup(key) is { } bytes ? decode(bytes) : null;

    private static T Require<T>(Lookup lookup, Hash32 key, Func<ReadOnlyMemory<byte>, T> decode)
        where T : class => Get(lookup, key, decode) ?? throw new KeyNotFoundException($"the state holds nothing under {key}");
}
