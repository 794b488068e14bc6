using Dems.Core.Allocation.Encoding;
using System.Security.Cryptography;
using System.Text;
using Dems.Core.Consensus;
using Dems.Core.Energy;
using Dems.Core.Governance;
using Dems.Core.Governance.Payloads;
using Dems.Core.Ledger;
using Dems.Core.Ledger.Encoding;
using Dems.Core.Ledger.Entries;
using Dems.Core.Settlement.Encoding;

namespace Dems.Core.Tests;

/// <summary>Fixed examples of every encoded type: the same bytes in every run.</summary>
internal static class Samples
{
    public static Hash32 HashOf(string name) => Hash32.Of(Encoding.UTF8.GetBytes(name));

    public static ChainId Chain { get; } = new(HashOf("chain"));

    public static BlockHeader Header { get; } = new()
    {
        ProtocolVersion = 1,
        Chain = Chain,
        Height = new Height(1_000),
        Round = 2,
        Time = new BlockTime(1_790_000_000_123),
        Proposer = 3,
        Previous = new BlockHash(HashOf("previous")),
        TreeSize = 123_456,
        TreeRoot = HashOf("tree"),
        ResultsRoot = HashOf("results"),
        StateRoot = HashOf("state"),
        Validators = HashOf("validators"),
        NextValidators = HashOf("next validators"),
    };

    public static Block Block { get; } = new(Header, [new LeafHash(HashOf("a")), new LeafHash(HashOf("b")), new LeafHash(HashOf("c"))]);

    public static Vote Vote { get; } = new(Chain, new Height(1_000), 2, VoteType.Precommit, HeaderCodec.Hash(Header), 1, SignatureOf("vote"));

    public static Vote NilVote { get; } = new(Chain, new Height(1_000), 2, VoteType.Prevote, default, 0, SignatureOf("nil vote"));

    public static Proposal Proposal { get; } = new(Chain, new Height(1_000), 4, 2, Block, HeaderCodec.Hash(Header), 1, SignatureOf("proposal"));

    public static CommitCertificate Certificate { get; } = new(
        Chain, new Height(1_000), 2, HeaderCodec.Hash(Header),
        [new CommitSignature(0, SignatureOf("0")), new CommitSignature(2, SignatureOf("2")), new CommitSignature(3, SignatureOf("3"))]);

    public static byte[] SignatureOf(string name) => SHA512.HashData(Encoding.UTF8.GetBytes(name));

    public static KeyedHashSigner Member { get; } = new("member 0");

    public static KeyedHashSigner PartyKey { get; } = new("party");

    public static KeyedHashSigner NodeKey { get; } = new("node");

    public static KeyedHashSigner GatewayKey { get; } = new("gateway");

    public static byte[] Salt { get; } = HashOf("salt").ToArray()[..OpenedEntry.SaltSize];

    /// <summary>2026-11-22T00:00:00Z.</summary>
    public const long Midnight = 1_795_305_600;

    public static NodeAddress Node => NodeAddress.Of(NodeKey.PublicKey);

    public static NodeAddress Party => NodeAddress.Of(PartyKey.PublicKey);

    public static ReadingBatch Batch { get; } = new(Node,
    [
        new ReadingRun(Register.Import, Midnight, 900, Quality.Measured, 0, new long[] { 0, 23, 24, 255, 256, 65_536, 1L << 53 }),
        new ReadingRun(Register.Import, Midnight + 86_400, 3_600, Quality.Estimated, 3, new long[] { 1_000 }),
        new ReadingRun(Register.Export, Midnight, 900, Quality.Measured, 0, new long[] { 5, 6 }),
    ]);

    public static PartyRegistration PartyRegistration { get; } = EntryBuilder.PartyRegistration(Chain, PartyKey, "Bäckerei am Markt");

    public static NodeRegistration NodeRegistration { get; } = EntryBuilder.NodeRegistration(
        Chain, NodeKey, "DE0005626680200000000000000000001", Party,
        [
            new EnergySource("roof", Carrier.Electricity, SourceKind.Photovoltaic, 9_800, 0),
            new EnergySource("cellar", Carrier.Electricity, SourceKind.Battery, 5_000, 10_000),
        ],
        Midnight);

    public static Delegation Delegation { get; } =
        new(GatewayKey.PublicKey, DelegationRole.Gateway, Node, [Register.Import, Register.Export], Midnight, Midnight + (365 * 86_400));

    public static KeyRotation KeyRotation { get; } = EntryBuilder.KeyRotation(Chain, new KeyedHashSigner("gateway 2"), GatewayKey.PublicKey);

    public static Retirement NodeRetirement { get; } = new(RetirementSubject.Node, Node, default, Midnight + (30 * 86_400));

    public static Retirement DelegationRetirement { get; } = new(RetirementSubject.Delegation, Node, GatewayKey.PublicKey.Fingerprint, 0);

    public static Retirement PartyRetirement { get; } = new(RetirementSubject.Party, Party, default, 0);

    public static EvidenceReport EvidenceReport { get; } = EvidenceOf(new KeyedHashSigner("member 3"), validator: 3);

    /// <summary>One proposal per payload, by the name that golden files have.</summary>
    public static IReadOnlyDictionary<string, BallotProposal> Proposals { get; } = new SortedDictionary<string, BallotProposal>(StringComparer.Ordinal)
    {
        ["rule"] = Propose(new RuleChange(Carrier.Heat, PolicyCodec.Encode(PoolTerms.Default.Policy))),
        ["tariff"] = Propose(new TariffChange(TariffCodec.Encode(Settlement.Given.Tariff(Settlement.Given.Internal(105_000))))),
        ["admission-party"] = Propose(new AdmissionChange(PartyRegistration)),
        ["admission-node"] = Propose(new AdmissionChange(NodeRegistration)),
        ["removal-node"] = Propose(new AdmissionChange(NodeRetirement)),
        ["validator-add"] = Propose(AddValidator),
        ["validator-remove"] = Propose(new ValidatorChange.Remove(Member.PublicKey)),
        ["validator-replace"] = Propose(EntryBuilder.ValidatorReplacement(Chain, new KeyedHashSigner("member 0 again"), Member.PublicKey)),
        ["protocol"] = Propose(new ProtocolActivation(2)),
        ["time-zones"] = Propose(new TimeZoneActivation(HashOf("time zones"))),
        ["settlement"] = Propose(new SettlementApproval("2026-11", HashOf("statements"), AsOf: 4_711, Notes: 3)),
        ["resolution"] = Propose(new Resolution()),
        ["governance"] = Propose(new GovernanceChange(new GovernanceRules { Weights = WeightMode.PerNode, ThresholdPpm = 666_667 })),
    };

    public static ValidatorChange.Add AddValidator => EntryBuilder.ValidatorAddition(Chain, new KeyedHashSigner("member 4"), "Fünfte");

    public static BallotVote BallotVote { get; } = new(new ContentId(HashOf("ballot")), BallotChoice.Abstain);

    public static NodeMessage Offer { get; } = new(
        MessageType.Offer, Node, NodeAddress.Of(GatewayKey.PublicKey), InReplyTo: null, new MessageTerms(Carrier.Electricity, 12_000, 95_000, Midnight, Midnight + 3_600), Text: "Sonne um zwölf");

    public static NodeMessage Acceptance { get; } = new(
        MessageType.Accept, NodeAddress.Of(GatewayKey.PublicKey), Node, new ContentId(HashOf("offer")), Terms: null, Text: null);

    public static Genesis Genesis { get; } = new()
    {
        Network = "test-1",
        CreatedAt = new BlockTime(Midnight * 1_000),
        Members = [.. Enumerable.Range(0, 4).Select(i => new GenesisMember($"Member {i}", new KeyedHashSigner($"member {i}").PublicKey))],
        Pools = [new GenesisPool("north", "Europe/Vienna", [Carrier.Electricity, Carrier.Heat]), new GenesisPool("south", "Europe/Zagreb", [Carrier.Electricity])],
        Timeouts = new ConsensusTimeouts { Prevote = 700 },
    };

    /// <summary>Two precommits of one key for height 1, round 0.</summary>
    public static EvidenceReport EvidenceOf(KeyedHashSigner offender, int validator, ChainId? chain = null)
    {
        Vote Precommit(string block)
        {
            var hash = new BlockHash(HashOf(block));
            var signed = SignedBytes.OfVote(chain ?? Chain, new Height(1), 0, VoteType.Precommit, hash);
            return new Vote(chain ?? Chain, new Height(1), 0, VoteType.Precommit, hash, validator, offender.Sign(signed));
        }

        return new EvidenceReport(offender.PublicKey, Evidence.Of(Precommit("one"), Precommit("other")));
    }

    private static BallotProposal Propose(BallotPayload payload) =>
        new(payload, "Wie in der Versammlung besprochen.", Notice: 86_400, Deadline: Midnight + (8 * 86_400), EffectiveFrom: Midnight + (9 * 86_400));

    /// <summary>One signed entry of every kind, by name.</summary>
    public static IReadOnlyDictionary<string, byte[]> Entries { get; } = new SortedDictionary<string, byte[]>(StringComparer.Ordinal)
    {
        ["batch"] = EntryBuilder.Sign(Batch, Chain, 7, Salt, NodeKey),
        ["party-registration"] = EntryBuilder.Sign(PartyRegistration, Chain, 1, Salt, Member),
        ["node-registration"] = EntryBuilder.Sign(NodeRegistration, Chain, 0, Salt, PartyKey),
        ["delegation"] = EntryBuilder.Sign(Delegation, Chain, 1, Salt, PartyKey),
        ["key-rotation"] = EntryBuilder.Sign(KeyRotation, Chain, OpenedEntry.MaxSequence, Salt, GatewayKey),
        ["node-retirement"] = EntryBuilder.Sign(NodeRetirement, Chain, 2, Salt, PartyKey),
        ["delegation-retirement"] = EntryBuilder.Sign(DelegationRetirement, Chain, 3, Salt, PartyKey),
        ["party-retirement"] = EntryBuilder.Sign(PartyRetirement, Chain, 2, Salt, Member),
        ["evidence"] = EntryBuilder.Sign(EvidenceReport, Chain, 3, Salt, Member),
        ["ballot-vote"] = EntryBuilder.Sign(BallotVote, Chain, 4, Salt, PartyKey),
        ["message-offer"] = EntryBuilder.Sign(Offer, Chain, 5, Salt, NodeKey),
        ["message-accept"] = EntryBuilder.Sign(Acceptance, Chain, 6, Salt, GatewayKey),
    }
    .Concat(Proposals.Select((pair, i) => KeyValuePair.Create($"ballot-{pair.Key}", EntryBuilder.Sign(pair.Value, Chain, 100 + i, Salt, PartyKey))))
    .ToDictionary(StringComparer.Ordinal);
}
