using System.Buffers.Binary;
using Dems.Core.Crypto;
using Dems.Core.Energy;
using Dems.Core.Settlement.Calendar;

namespace Dems.Core.Ledger.Execution;

/// <summary>
/// Where execution keeps what it reads: each key is SHA-256(tag ‖ kind ‖ parts). The kinds and the fixed lengths of their parts make the preimages distinct;
/// docs/format.md lists them with their values.
/// </summary>
public static class StateKeys
{
    private const int MaxParts = 64;

    private static readonly byte[] Tag = System.Text.Encoding.ASCII.GetBytes(Domains.State);

    private enum Kind : byte
    {
        Chain = 0,
        Validators = 1,
        Frontier = 2,
        Member = 3,
        Key = 4,
        Party = 5,
        Node = 6,
        MeteringPoint = 7,
        Delegation = 8,
        SequenceHead = 9,
        SequenceChunk = 10,
        RegisterIndex = 11,
        DayBucket = 12,
        Evidence = 13,
        ResultSeed = 20,
        Governance = 21,
        PartyCount = 22,
        PartyPage = 23,
        BallotTerms = 24,
        BallotStanding = 25,
        BallotAgenda = 26,
        Electorate = 27,
        ElectoratePages = 28,
        BallotCount = 29,
        BallotPage = 30,
        Protocol = 31,
        ApprovedSettlement = 32,
        Message = 33,
        Tariffs = 34,
        SettlementBook = 35,
        PoolTerms = 40,
        Policies = 41,
        NodeCount = 42,
        NodeIndexPage = 43,
        Requirements = 44,
        IntervalAgenda = 45,
        IntervalDay = 46,
        IntervalRecord = 47,
        Proposers = 48,
    }

    // Looked up for every batch and interval.
    private static readonly Hash32[] PoliciesKeys = OfCarriers(Kind.Policies);
    private static readonly Hash32[] RequirementsKeys = OfCarriers(Kind.Requirements);
    private static readonly Hash32[] IntervalAgendaKeys = OfCarriers(Kind.IntervalAgenda);

    /// <summary>The chain that the state belongs to.</summary>
    public static Hash32 Chain { get; } = Of(Kind.Chain, []);

    /// <summary>The validator sets in force and coming.</summary>
    public static Hash32 Validators { get; } = Of(Kind.Validators, []);

    /// <summary>Right edge of the entry tree.</summary>
    public static Hash32 Frontier { get; } = Of(Kind.Frontier, []);

    /// <summary>Hash chain over the salts of all entries, which blinds the results of the next block.</summary>
    public static Hash32 ResultSeed { get; } = Of(Kind.ResultSeed, []);

    /// <summary>The pool's terms.</summary>
    public static Hash32 PoolTerms { get; } = Of(Kind.PoolTerms, []);

    /// <summary>Number of nodes ever registered.</summary>
    public static Hash32 NodeCount { get; } = Of(Kind.NodeCount, []);

    /// <summary>When which validator last proposed.</summary>
    public static Hash32 Proposers { get; } = Of(Kind.Proposers, []);

    /// <summary>A member, by the fingerprint of its key.</summary>
    public static Hash32 Member(Hash32 fingerprint) => Of(Kind.Member, fingerprint);

    /// <summary>A known signing key, by fingerprint.</summary>
    public static Hash32 Key(Hash32 fingerprint) => Of(Kind.Key, fingerprint);

    /// <summary>A party.</summary>
    public static Hash32 Party(NodeAddress party) => Of(Kind.Party, party);

    /// <summary>A node.</summary>
    public static Hash32 Node(NodeAddress node) => Of(Kind.Node, node);

    /// <summary>The node that holds an official metering-point id (printable ASCII).</summary>
    public static Hash32 MeteringPoint(string id) => Of(Kind.MeteringPoint, System.Text.Encoding.ASCII.GetBytes(id));

    /// <summary>The right of a key, by the fingerprint under which it first appeared, to sign for a node.</summary>
    public static Hash32 Delegation(Hash32 identity, NodeAddress node)
    {
        Span<byte> parts = stackalloc byte[Hash32.Size + NodeAddress.Size];
        identity.CopyTo(parts);
        node.CopyTo(parts[Hash32.Size..]);
        return Of(Kind.Delegation, parts);
    }

    /// <summary>A signer's highest sequence number.</summary>
    public static Hash32 SequenceHead(Hash32 signer) => Of(Kind.SequenceHead, signer);

    /// <summary>What used the sequence numbers 64 · chunk … 64 · chunk + 63 of a signer.</summary>
    public static Hash32 SequenceChunk(Hash32 signer, long chunk)
    {
        Span<byte> parts = stackalloc byte[Hash32.Size + sizeof(long)];
        signer.CopyTo(parts);
        BinaryPrimitives.WriteInt64BigEndian(parts[Hash32.Size..], chunk);
        return Of(Kind.SequenceChunk, parts);
    }

    /// <summary>Which days of a node's register are held.</summary>
    public static Hash32 RegisterIndex(NodeAddress node, Register register)
    {
        Span<byte> parts = stackalloc byte[NodeAddress.Size + 1];
        node.CopyTo(parts);
        parts[NodeAddress.Size] = (byte)register;
        return Of(Kind.RegisterIndex, parts);
    }

    /// <summary>The readings of a node's register that start on one UTC day, counted from 1970-01-01.</summary>
    public static Hash32 DayBucket(NodeAddress node, Register register, int day)
    {
        Span<byte> parts = stackalloc byte[NodeAddress.Size + 1 + sizeof(int)];
        node.CopyTo(parts);
        parts[NodeAddress.Size] = (byte)register;
        BinaryPrimitives.WriteInt32BigEndian(parts[(NodeAddress.Size + 1)..], day);
        return Of(Kind.DayBucket, parts);
    }

    /// <summary>Evidence against a validator's key for one height, round and kind of message.</summary>
    public static Hash32 Evidence(Hash32 offender, Height height, int round, int kind)
    {
        Span<byte> parts = stackalloc byte[Hash32.Size + sizeof(long) + sizeof(int) + 1];
        offender.CopyTo(parts);
        BinaryPrimitives.WriteInt64BigEndian(parts[Hash32.Size..], height.Value);
        BinaryPrimitives.WriteInt32BigEndian(parts[(Hash32.Size + sizeof(long))..], round);
        parts[^1] = (byte)kind;
        return Of(Kind.Evidence, parts);
    }

    /// <summary>The rules that ballots are taken and counted by.</summary>
    public static Hash32 Governance { get; } = Of(Kind.Governance, []);

    /// <summary>Number of parties ever admitted.</summary>
    public static Hash32 PartyCount { get; } = Of(Kind.PartyCount, []);

    /// <summary>Parties 256 · page … 256 · page + 255 with what weighs in a vote.</summary>
    public static Hash32 PartyPage(int page) => OfNumber(Kind.PartyPage, page);

    /// <summary>What a ballot is about.</summary>
    public static Hash32 BallotTerms(ContentId ballot) => Of(Kind.BallotTerms, ballot.Value);

    /// <summary>How far a ballot has come.</summary>
    public static Hash32 BallotStanding(ContentId ballot) => Of(Kind.BallotStanding, ballot.Value);

    /// <summary>The ballots under way.</summary>
    public static Hash32 BallotAgenda { get; } = Of(Kind.BallotAgenda, []);

    /// <summary>A page of a ballot's frozen electorate.</summary>
    public static Hash32 Electorate(ContentId ballot, int page)
    {
        Span<byte> parts = stackalloc byte[Hash32.Size + sizeof(int)];
        ballot.Value.CopyTo(parts);
        BinaryPrimitives.WriteInt32BigEndian(parts[Hash32.Size..], page);
        return Of(Kind.Electorate, parts);
    }

    /// <summary>Number of pages of a ballot's frozen electorate.</summary>
    public static Hash32 ElectoratePages(ContentId ballot) => Of(Kind.ElectoratePages, ballot.Value);

    /// <summary>Number of ballots ever proposed.</summary>
    public static Hash32 BallotCount { get; } = Of(Kind.BallotCount, []);

    /// <summary>Ballots 64 · page … 64 · page + 63, in the order of their proposal.</summary>
    public static Hash32 BallotPage(long page) => OfNumber(Kind.BallotPage, page);

    /// <summary>Protocol version and time-zone data of the next block.</summary>
    public static Hash32 Protocol { get; } = Of(Kind.Protocol, []);

    /// <summary>The approved statements of a period, by its first day and its end as <see cref="BillingPeriod.ToString"/> writes them.</summary>
    public static Hash32 ApprovedSettlement(BillingPeriod period) => Of(Kind.ApprovedSettlement, System.Text.Encoding.ASCII.GetBytes(period.ToString()));

    /// <summary>How far settlement has come.</summary>
    public static Hash32 SettlementBook { get; } = Of(Kind.SettlementBook, []);

    /// <summary>A message between nodes.</summary>
    public static Hash32 Message(ContentId message) => Of(Kind.Message, message.Value);

    /// <summary>The tariffs that ballots put in force.</summary>
    public static Hash32 Tariffs { get; } = Of(Kind.Tariffs, []);

    private static Hash32 OfNumber(Kind kind, long number)
    {
        Span<byte> parts = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(parts, number);
        return Of(kind, parts);
    }

    /// <summary>The allocation policies of a carrier.</summary>
    public static Hash32 Policies(Carrier carrier) => PoliciesKeys[(int)carrier - (int)Carrier.Electricity];

    /// <summary>A page of the node index.</summary>
    public static Hash32 NodeIndexPage(int page)
    {
        Span<byte> parts = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(parts, page);
        return Of(Kind.NodeIndexPage, parts);
    }

    /// <summary>How many readings the intervals of a carrier wait for.</summary>
    public static Hash32 Requirements(Carrier carrier) => RequirementsKeys[(int)carrier - (int)Carrier.Electricity];

    /// <summary>Which days of a carrier can still change.</summary>
    public static Hash32 IntervalAgenda(Carrier carrier) => IntervalAgendaKeys[(int)carrier - (int)Carrier.Electricity];

    /// <summary>The intervals of a carrier that start on one UTC day, counted from 1970-01-01.</summary>
    public static Hash32 IntervalDay(Carrier carrier, int day)
    {
        Span<byte> parts = stackalloc byte[1 + sizeof(int)];
        parts[0] = (byte)carrier;
        BinaryPrimitives.WriteInt32BigEndian(parts[1..], day);
        return Of(Kind.IntervalDay, parts);
    }

    /// <summary>What the newest allocation of an interval gave each node; by the interval's start in seconds.</summary>
    public static Hash32 IntervalRecord(Carrier carrier, long start)
    {
        Span<byte> parts = stackalloc byte[1 + sizeof(long)];
        parts[0] = (byte)carrier;
        BinaryPrimitives.WriteInt64BigEndian(parts[1..], start);
        return Of(Kind.IntervalRecord, parts);
    }

    private static Hash32[] OfCarriers(Kind kind) => [.. Enum.GetValues<Carrier>().Select(carrier => Of(kind, [(byte)carrier]))];

    private static Hash32 Of(Kind kind, Hash32 part)
    {
        Span<byte> bytes = stackalloc byte[Hash32.Size];
        part.CopyTo(bytes);
        return Of(kind, bytes);
    }

    private static Hash32 Of(Kind kind, NodeAddress part)
    {
        Span<byte> bytes = stackalloc byte[NodeAddress.Size];
        part.CopyTo(bytes);
        return Of(kind, bytes);
    }

    private static Hash32 Of(Kind kind, ReadOnlySpan<byte> parts)
    {
        Span<byte> bytes = stackalloc byte[Tag.Length + 1 + MaxParts];
        Tag.CopyTo(bytes);
        bytes[Tag.Length] = (byte)kind;
        parts.CopyTo(bytes[(Tag.Length + 1)..]);
        return Hash32.Of(bytes[..(Tag.Length + 1 + parts.Length)]);
    }
}
