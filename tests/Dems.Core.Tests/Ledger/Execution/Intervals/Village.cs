using Dems.Core.Allocation;
using Dems.Core.Energy;
using Dems.Core.Ledger;
using Dems.Core.Ledger.Encoding;
using Dems.Core.Ledger.Entries;
using Dems.Core.Ledger.Execution;
using Dems.Core.Ledger.Execution.Intervals;
using Xunit;

namespace Dems.Core.Tests.Ledger.Execution.Intervals;

/// <summary>A pool of homes on a chain that is executed block by block: each home has a key of its own, all belong to one party. The first ones have panels.</summary>
internal sealed class Village
{
    public const long Midnight = Samples.Midnight;
    public const long Hour = 3_600;
    private const int Slot = 900;

    private readonly Dictionary<Hash32, long> _sequences = [];
    private readonly KeyedHashSigner[] _members = [.. Enumerable.Range(0, 4).Select(i => new KeyedHashSigner($"member {i}"))];
    private readonly KeyedHashSigner _party = new("party");
    private readonly KeyedHashSigner[] _homes;
    private Height _height;
    private long _salts;

    public Village(int homes, PoolTerms? terms = null, int producers = 1)
    {
        Terms = terms ?? PoolTerms.Default with { Policy = PoolTerms.Default.Policy with { Basis = AllocationBasis.Gross } };
        var genesis = new Genesis
        {
            Network = "village",
            CreatedAt = new BlockTime(Midnight * 1_000),
            Members = [.. _members.Select((signer, i) => new GenesisMember($"Member {i}", signer.PublicKey))],
            Pools = [new GenesisPool("pool", "Europe/Vienna", [Carrier.Electricity]) { Terms = Terms }],
        };
        Chain = genesis.ChainOf("pool");
        State = LedgerState.AtGenesis(genesis, "pool");
        Now = Midnight;
        _homes = [.. Enumerable.Range(0, homes).Select(i => new KeyedHashSigner($"home {i}"))];
        var party = Sign(EntryBuilder.PartyRegistration(Chain, _party, "Party"), _members[0]);
        Assert.All(Execute([party, .. _homes.Select((home, i) => RegisterHome(home, i, i < producers))]), outcome => Assert.Equal(EntryOutcome.Applied, outcome));
    }

    public PoolTerms Terms { get; }

    public ChainId Chain { get; }

    public LedgerState State { get; private set; }

    public ExecutionResult Last { get; private set; } = null!;

    /// <summary>Block time of the next block, in seconds.</summary>
    public long Now { get; set; }

    /// <summary>Who proposes the next block.</summary>
    public int Proposer { get; set; }

    public IReadOnlyList<IntervalRow> Intervals => [.. Last.Further.OfType<IntervalRow>()];

    public IReadOnlyList<AllocationRow> Allocations => [.. Last.Further.OfType<AllocationRow>()];

    public NodeAddress Home(int home) => NodeAddress.Of(_homes[home].PublicKey);

    /// <summary>The amounts of a home by the rows of the last block.</summary>
    public AllocatedAmounts AmountsOf(int home) => Assert.Single(Allocations, row => row.Node == Home(home)).Amounts;

    public OpenedEntry Consumes(int home, long start, params long[] quantities) => Reads(home, Register.Consumption, start, 0, Quality.Measured, quantities);

    public OpenedEntry Generates(int home, long start, params long[] quantities) => Reads(home, Register.Generation, start, 0, Quality.Measured, quantities);

    public OpenedEntry Reads(int home, Register register, long start, int revision, Quality quality, params long[] quantities) =>
        Reads(home, new ReadingRun(register, start, Slot, quality, revision, quantities));

    public OpenedEntry Reads(int home, ReadingRun run) => Sign(new ReadingBatch(Home(home), [run]), _homes[home]);

    /// <summary>The addresses that homes of a village have, whatever its terms.</summary>
    public static NodeAddress[] AddressesOf(int homes) => [.. Enumerable.Range(0, homes).Select(i => NodeAddress.Of(new KeyedHashSigner($"home {i}").PublicKey))];

    public OpenedEntry Retires(int home, long effective) =>
        Sign(new Retirement(RetirementSubject.Node, Home(home), default, effective), _party);

    public EntryOutcome[] Execute(params OpenedEntry[] entries)
    {
        _height = _height.Next;
        var header = Samples.Header with { Chain = Chain, Height = _height, Time = new BlockTime(Now * 1_000), Proposer = Proposer };
        Last = BlockExecutor.Execute(State, header, entries);
        State = Last.State;
        return [.. Last.Results.Select(result => result.Outcome)];
    }

    public OpenedEntry Sign(EntryBody body, KeyedHashSigner signer)
    {
        var fingerprint = signer.PublicKey.Fingerprint;
        var sequence = _sequences.GetValueOrDefault(fingerprint);
        _sequences[fingerprint] = sequence + 1;
        var salt = Samples.HashOf($"village salt {_salts++}").ToArray()[..OpenedEntry.SaltSize];
        return Encoding.EntryCodecTests.Open(EntryBuilder.Sign(body, Chain, sequence, salt, signer));
    }

    private OpenedEntry RegisterHome(KeyedHashSigner home, int index, bool produces)
    {
        EnergySource[] sources = produces
            ? [new EnergySource("grid", Carrier.Electricity, SourceKind.Grid, 0, 0), new EnergySource("roof", Carrier.Electricity, SourceKind.Photovoltaic, 0, 0)]
            : [new EnergySource("grid", Carrier.Electricity, SourceKind.Grid, 0, 0)];
        return Sign(EntryBuilder.NodeRegistration(Chain, home, $"AT{index:000}", NodeAddress.Of(_party.PublicKey), sources, Midnight - (400 * 86_400)), _party);
    }
}
