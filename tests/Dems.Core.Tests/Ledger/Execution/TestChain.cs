using Dems.Core.Crypto;
using Dems.Core.Energy;
using Dems.Core.Governance;
using Dems.Core.Ledger;
using Dems.Core.Ledger.Encoding;
using Dems.Core.Ledger.Entries;
using Dems.Core.Ledger.Execution;
using Xunit;

namespace Dems.Core.Tests.Ledger.Execution;

/// <summary>A chain that is executed block by block, without consensus: four members, one party, one node with its own key, one gateway.</summary>
internal sealed class TestChain
{
    public const string Pool = "pool";
    private const long Created = Samples.Midnight * 1_000;

    private readonly Dictionary<Hash32, long> _sequences = [];
    private long _salts;

    public TestChain(GovernanceRules? governance = null)
    {
        Members = [.. Enumerable.Range(0, 4).Select(i => new KeyedHashSigner($"member {i}"))];
        Genesis = new Genesis
        {
            Network = "test",
            CreatedAt = new BlockTime(Created),
            Members = [.. Members.Select((signer, i) => new GenesisMember($"Member {i}", signer.PublicKey))],
            Pools = [new GenesisPool(Pool, "Europe/Vienna", [Carrier.Electricity]) { Governance = governance ?? new GovernanceRules() }],
        };
        Chain = Genesis.ChainOf(Pool);
        State = LedgerState.AtGenesis(Genesis, Pool);
        Time = Created;
    }

    public Genesis Genesis { get; }

    public ChainId Chain { get; }

    public IReadOnlyList<KeyedHashSigner> Members { get; }

    public KeyedHashSigner Party { get; } = new("party");

    public KeyedHashSigner NodeKey { get; } = new("node");

    public KeyedHashSigner Gateway { get; } = new("gateway");

    public NodeAddress Node => NodeAddress.Of(NodeKey.PublicKey);

    public NodeAddress PartyAddress => NodeAddress.Of(Party.PublicKey);

    public LedgerState State { get; private set; }

    public Height Height { get; private set; }

    /// <summary>Time of the next block in milliseconds.</summary>
    public long Time { get; set; }

    public ExecutionResult Last { get; private set; } = null!;

    /// <summary>With party, node and delegation registered.</summary>
    public static TestChain WithNode()
    {
        var chain = new TestChain();
        Assert.Equal(
            [EntryOutcome.Applied, EntryOutcome.Applied, EntryOutcome.Applied],
            chain.Execute(chain.RegisterParty(), chain.RegisterNode(), chain.Delegate()));
        return chain;
    }

    public OpenedEntry RegisterParty() => Sign(EntryBuilder.PartyRegistration(Chain, Party, "Party"), Members[0]);

    public OpenedEntry RegisterNode() => Sign(
        EntryBuilder.NodeRegistration(Chain, NodeKey, "AT001", PartyAddress, Sources, Samples.Midnight - (400 * 86_400)), Party);

    public OpenedEntry Delegate(long validUntil = 0) => Sign(
        new Delegation(Gateway.PublicKey, DelegationRole.Gateway, Node, [Register.Import, Register.Export], Samples.Midnight - (400 * 86_400), validUntil), Party);

    public static IReadOnlyList<EnergySource> Sources { get; } = [new EnergySource("grid", Carrier.Electricity, SourceKind.Grid, 11_000, 0)];

    public OpenedEntry Import(ISigner signer, long start, int revision, params long[] quantities) =>
        Sign(new ReadingBatch(Node, [new ReadingRun(Register.Import, start, 900, Quality.Measured, revision, quantities)]), signer);

    public OpenedEntry Sign(EntryBody body, ISigner signer, long? sequence = null, ChainId? chain = null)
    {
        var fingerprint = signer.PublicKey.Fingerprint;
        var next = sequence ?? _sequences.GetValueOrDefault(fingerprint);
        _sequences[fingerprint] = Math.Max(next + 1, _sequences.GetValueOrDefault(fingerprint));
        var salt = Samples.HashOf($"salt {_salts++}").ToArray()[..OpenedEntry.SaltSize];
        var bytes = EntryBuilder.Sign(body, chain ?? Chain, next, salt, signer);
        return Encoding.EntryCodecTests.Open(bytes);
    }

    /// <summary>Executes one block with these entries and returns their outcomes.</summary>
    public EntryOutcome[] Execute(params OpenedEntry[] entries)
    {
        Height = Height.Next;
        Time++;
        var header = Samples.Header with { Chain = Chain, Height = Height, Time = new BlockTime(Time) };
        Last = BlockExecutor.Execute(State, header, entries);
        State = Last.State;
        return [.. Last.Results.Select(result => result.Outcome)];
    }

    public IEnumerable<(long Start, long Quantity, int Revision)> ReadDay(int day, Register register = Register.Import) =>
        State.ReadDay(Node, register, day).Select(reading => (reading.Start, reading.Quantity, reading.Revision));
}
