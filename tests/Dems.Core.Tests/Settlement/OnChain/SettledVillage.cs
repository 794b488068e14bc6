using Dems.Core.Allocation;
using Dems.Core.Crypto;
using Dems.Core.Energy;
using Dems.Core.Governance;
using Dems.Core.Governance.Payloads;
using Dems.Core.Ledger;
using Dems.Core.Ledger.Encoding;
using Dems.Core.Ledger.Entries;
using Dems.Core.Ledger.Execution;
using Dems.Core.Ledger.Merkle;
using Dems.Core.Ledger.Receipts;
using Dems.Core.Settlement.Calendar;
using Dems.Core.Settlement.Encoding;
using Dems.Core.Settlement.OnChain;
using Dems.Core.Settlement.Statements;
using Dems.Core.Tests.Ledger.Encoding;
using Dems.Core.Tests.Ledger.Receipts;
using Xunit;
using static Dems.Core.Tests.Settlement.Given;

namespace Dems.Core.Tests.Settlement.OnChain;

/// <summary>
/// Two parties, a house and a roof that also consumes, on a chain of certified headers over really executed blocks; prices and closings by ballot. Each day's readings come in one
/// block on the next day. Members are the first signers; all but one of them certify.
/// </summary>
internal sealed class SettledVillage
{
    public const int Slots = 96;
    public const int Slot = 900;

    private readonly Dictionary<Hash32, long> _sequences = [];
    private readonly List<Hash32> _leaves = [];
    private readonly List<(CertifiedHeader Header, ExecutionResult Result)> _blocks = [];
    private readonly KeyedHashSigner[] _members = [.. Enumerable.Range(0, 4).Select(i => new KeyedHashSigner($"member {i}"))];
    private long _salts;

    public SettledVillage(AllocationPolicy? policy = null)
    {
        var terms = PoolTerms.Default with { Policy = policy ?? PoolTerms.Default.Policy with { Basis = AllocationBasis.Gross } };
        Genesis = new Genesis
        {
            Network = "settled",
            CreatedAt = new BlockTime(Utc("2026-03-30T00:00") * 1_000),
            Members = [.. _members.Select((signer, i) => new GenesisMember($"Member {i}", signer.PublicKey))],
            Pools = [new GenesisPool("pool", "Europe/Vienna", [Carrier.Electricity]) { Terms = terms, Governance = new GovernanceRules { MinNoticeSeconds = 60 } }],
        };
        Chain = Genesis.ChainOf("pool");
        State = LedgerState.AtGenesis(Genesis, "pool");
        Now = Utc("2026-03-30T00:00");
        Add(
            Sign(EntryBuilder.PartyRegistration(Chain, Alice, "Alice"), _members[0]),
            Sign(EntryBuilder.PartyRegistration(Chain, Bob, "Bob"), _members[0]),
            Sign(EntryBuilder.NodeRegistration(Chain, House, "AT1", AddressOf(Alice), [Grid], Utc("2026-01-01T00:00")), Alice),
            Sign(EntryBuilder.NodeRegistration(Chain, Roof, "AT2", AddressOf(Bob), [Grid, Panels], Utc("2026-01-01T00:00")), Bob));
        Decide(new TariffChange(TariffCodec.Encode(SettlementSamples.Tariff)), effect: Utc("2026-03-31T22:00"));
    }

    public Genesis Genesis { get; }

    public ChainId Chain { get; }

    public LedgerState State { get; private set; }

    public KeyedHashSigner Alice { get; } = new("alice");

    public KeyedHashSigner Bob { get; } = new("bob");

    public KeyedHashSigner House { get; } = new("house");

    public KeyedHashSigner Roof { get; } = new("roof");

    /// <summary>Time of the next block in seconds.</summary>
    public long Now { get; set; }

    public Height Height => new(_blocks.Count);

    /// <summary>The chain's records, with proofs.</summary>
    public StateReading Reading => StateReading.Of(State.Map);

    private static EnergySource Grid => new("grid", Carrier.Electricity, SourceKind.Grid, 0, 0);

    private static EnergySource Panels => new("roof", Carrier.Electricity, SourceKind.Photovoltaic, 0, 0);

    public static NodeAddress AddressOf(ISigner signer) => NodeAddress.Of(signer.PublicKey);

    /// <summary>Two local days from a date on.</summary>
    public static BillingPeriod TwoDays(int day) => new(new DateOnly(2026, 4, day), new DateOnly(2026, 4, day + 2));

    /// <summary>Everything that a local day metered, in one block in the following night.</summary>
    public void Live(int day)
    {
        var start = Vienna.FirstSecondOf(new DateOnly(2026, 4, day), 0);
        Now = start + 86_400 + 3_600;
        Add(
            Reads(House, Register.Consumption, start, 0, Repeat(slot => 120 + (slot * 7) % 31)),
            Reads(Roof, Register.Consumption, start, 0, Repeat(slot => 30 + slot % 5)),
            Reads(Roof, Register.Generation, start, 0, Repeat(slot => Math.Max(0, 400 - 10 * Math.Abs(slot - 48)))));
    }

    public OpenedEntry Reads(KeyedHashSigner node, Register register, long start, int revision, params long[] quantities) =>
        Sign(new ReadingBatch(AddressOf(node), [new ReadingRun(register, start, Slot, Quality.Measured, revision, quantities)]), node);

    /// <summary>Has a proposal made, voted for by both parties, and takes it to its effect.</summary>
    public BallotStanding Decide(BallotPayload payload, long effect = 0)
    {
        var (deadline, begin) = (Now + 600, Math.Max(effect, Now + 900));
        var ballot = Sign(new BallotProposal(payload, "As discussed.", 60, deadline, begin), _members[0]);
        Add(ballot);
        Now += 60;
        Add(Sign(new BallotVote(ballot.Content, BallotChoice.Yes), Alice), Sign(new BallotVote(ballot.Content, BallotChoice.Yes), Bob));
        Now = deadline;
        Add();
        Now = begin;
        Add();
        return State.Governance.Find(ballot.Content)!.Standing;
    }

    /// <summary>Executes a block, all of whose entries must be applied, and has it certified.</summary>
    public void Add(params OpenedEntry[] entries)
    {
        var before = State.Root;
        _leaves.AddRange(entries.Select(entry => entry.Leaf.Value));
        var set = ReceiptChain.SetOf(_members);
        var header = Samples.Header with
        {
            Chain = Chain,
            Height = Height.Next,
            Round = 0,
            Time = new BlockTime(Now++ * 1_000),
            Proposer = 0,
            Previous = _blocks.Count == 0 ? new BlockHash(Genesis.Hash) : _blocks[^1].Header.Hash,
            TreeSize = _leaves.Count,
            TreeRoot = MerkleTree.Root([.. _leaves]),
            ResultsRoot = _blocks.Count == 0 ? MerkleHash.Empty : _blocks[^1].Result.ResultsRoot,
            StateRoot = before,
            Validators = set.Hash,
            NextValidators = set.Hash,
        };
        var result = BlockExecutor.Execute(State, header, entries);
        Assert.All(result.Results, row => Assert.Equal(EntryOutcome.Applied, row.Outcome));
        _blocks.Add((ReceiptChain.Certify(header, _members, 1), result));
        State = result.State;
    }

    /// <summary>What all blocks say.</summary>
    public PoolHistory History()
    {
        var history = new PoolHistory();
        for (var i = 0; i < _blocks.Count; i++)
        {
            Assert.True(history.TryAdd(new Height(i + 1), _blocks[i].Result.Block, out var error), error);
        }

        return history;
    }

    public SettlementHistory Settlement => new(Reading.Records, History(), Vienna);

    public PeriodSettlement Settle(BillingPeriod period, Height asOf)
    {
        Assert.True(Settlement.TrySettle(period, asOf, out var settlement, out var error), error);
        return settlement;
    }

    public IReadOnlyList<PeriodClosing> Close(params (BillingPeriod Period, Height AsOf)[] periods)
    {
        Assert.True(Settlement.TryClose(periods, out var closings, out var error), error);
        return closings;
    }

    /// <summary>A statement as of a block, with all that proves it. The newest block must have changed nothing.</summary>
    public StatementProof Prove(Statement statement, Height asOf, InclusionProof? closing = null)
    {
        var span = Vienna.SpanOf(statement.Period, Carrier.Electricity);
        Assert.Equal(State.Root, _blocks[^1].Header.Header.StateRoot);
        return new StatementProof
        {
            Statement = statement,
            AsOf = asOf,
            HandOvers = [],
            Head = _blocks[^1].Header,
            State = Reading.Prove(),
            Blocks =
            [
                .. _blocks.Index().Where(block => block.Index + 1 <= asOf.Value && PoolHistory.Concerns(block.Item.Result.Block, span))
                    .Select(block => new ProvenResults(block.Item.Result.Block, _blocks[block.Index + 1].Header)),
            ],
            Closing = closing,
        };
    }

    private static long[] Repeat(Func<int, long> quantity) => [.. Enumerable.Range(0, Slots).Select(quantity)];

    private OpenedEntry Sign(EntryBody body, KeyedHashSigner signer)
    {
        var fingerprint = signer.PublicKey.Fingerprint;
        var sequence = _sequences.GetValueOrDefault(fingerprint);
        _sequences[fingerprint] = sequence + 1;
        var salt = Samples.HashOf($"settled salt {_salts++}").ToArray()[..OpenedEntry.SaltSize];
        return EntryCodecTests.Open(EntryBuilder.Sign(body, Chain, sequence, salt, signer));
    }
}
