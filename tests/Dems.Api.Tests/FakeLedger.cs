using System.Globalization;
using Dems.Contracts.Queries;
using Dems.Contracts.Receipts;
using Dems.Core;
using Dems.Core.Energy;
using Dems.Core.Ledger;
using Dems.Core.Ledger.Merkle;

namespace Dems.Api.Tests;

/// <summary>One chain of <see cref="Size"/> entries in blocks of ten, with a real tree, and some nodes with readings.</summary>
internal sealed class FakeLedger : ILedgerQueries, IReadingQueries, IReceiptDesk
{
    public const int Size = 53;
    public const int PerBlock = 10;
    public const long FirstStart = 1_700_000_100;

    private static readonly Hash32[] Leaves = [.. Enumerable.Range(0, Size).Select(i => LeafHash.Of([(byte)i]).Value)];

    public FakeLedger()
    {
        Addresses = [.. Enumerable.Range(0, 7).Select(i => new NodeAddress(Hash32.Of([(byte)i]).ToArray().AsSpan(0, NodeAddress.Size))).Order()];
        Rows =
        [
            .. from i in Enumerable.Range(0, 20)
               from register in new[] { Register.Import, Register.StateOfCharge }
               from revision in i % 4 == 0 ? new[] { 0, 1 } : [0]
               select new Reading(register, FirstStart + i * 900, 900, 10 * i + revision, Quality.Measured, revision),
        ];
    }

    /// <summary>Addresses in order.</summary>
    public IReadOnlyList<NodeAddress> Addresses { get; }

    /// <summary>Readings of the first node, in order.</summary>
    public IReadOnlyList<Reading> Rows { get; }

    /// <summary>What the rules say of a reading: those that start at a full hour are doubtful.</summary>
    public static IReadOnlyList<string> MarksOf(Reading reading) => reading.Start % 3_600 == 0 ? ["AbovePowerLimit", "Future"] : [];

    public HeadView Head { get; set; } = new(
        "community", Id(200), true, 6, Id(201), Size, Id(202), DateTimeOffset.FromUnixTimeMilliseconds(1_700_000_000_250), 3, true, false);

    /// <summary>Thrown by every question for the head.</summary>
    public Exception? Fault { get; set; }

    public IReadOnlyList<MemberView> Members => [new(0, "utility", Id(1) + Id(2), true), new(1, "auditor", Id(3) + Id(4), false)];

    public IReadOnlyList<ChainView> Chains => [new("community", Id(200))];

    public static string Id(int seed) => Hash32.Of([(byte)seed, 1]).ToString();

    public static Hash32 Leaf(int index) => Leaves[index];

    public static Hash32 Root(int size) => MerkleTree.Root(Leaves.AsSpan(0, size));

    public Task<HeadView?> HeadAsync(string pool, CancellationToken cancellationToken) =>
        Fault is null ? Task.FromResult<HeadView?>(pool == "community" ? Head : null) : Task.FromException<HeadView?>(Fault);

    public Task<BlockView?> BlockAsync(string pool, long height, CancellationToken cancellationToken)
    {
        var first = (height - 1) * PerBlock;
        var size = Math.Min(height * PerBlock, Size);
        return Task.FromResult(first >= Size ? null : new BlockView(
            height,
            Id(100),
            "AAEC",
            0,
            DateTimeOffset.FromUnixTimeMilliseconds(1_700_000_000_250),
            1,
            Id(101),
            size,
            Root((int)size).ToString(),
            Id(102),
            Id(103),
            first,
            [.. Leaves[(int)first..(int)size].Select(leaf => leaf.ToString())],
            new CertificateView(0, [new CertificateSignatureView(0, "ab")])));
    }

    public Task<EntryView?> EntryAsync(string pool, EntryName name, CancellationToken cancellationToken)
    {
        var index = name.Index ?? Array.IndexOf(Leaves, name.Hash);
        return Task.FromResult(index is < 0 or >= Size ? null : new EntryView(
            index, index / PerBlock + 1, Leaves[index].ToString(), Id((int)index), "PartyRegistration", Id(5), 7, "AAEC")
        {
            Outcome = index == Size - 1 ? null : new OutcomeView("refused", "The signer may not say this.") { Cause = "not-allowed" },
        });
    }

    public Task<ReceiptAnswer> IssueAsync(string pool, EntryName entry, ReadingChoice? reading, CancellationToken cancellationToken) => Task.FromResult(entry.Index switch
    {
        null or >= Size => new ReceiptAnswer(ReceiptStanding.UnknownEntry),
        Size - 1 => new ReceiptAnswer(ReceiptStanding.NotYet),
        _ when reading is not null && reading != new ReadingChoice(Register.Import, FirstStart) => new ReceiptAnswer(ReceiptStanding.NoSuchReading),
        _ => new ReceiptAnswer(ReceiptStanding.Issued) { Content = Id(3), Receipt = new byte[] { 1, reading is null ? (byte)0 : (byte)1 }, Statement = new byte[] { 2 } },
    });

    public Task<InclusionProofView?> InclusionAsync(string pool, long index, long treeSize, CancellationToken cancellationToken)
    {
        if (index >= treeSize || treeSize > Size)
        {
            return Task.FromResult<InclusionProofView?>(null);
        }

        var proof = MerkleTree.ProveInclusion(Leaves[..(int)treeSize], index);
        return Task.FromResult<InclusionProofView?>(new InclusionProofView(
            index, treeSize, Leaves[index].ToString(), Root((int)treeSize).ToString(), [.. proof.Path.Select(hash => hash.ToString())]));
    }

    public Task<ConsistencyProofView?> ConsistencyAsync(string pool, long firstSize, long secondSize, CancellationToken cancellationToken) =>
        Task.FromResult(firstSize > secondSize || secondSize > Size ? null : new ConsistencyProofView(
            firstSize, secondSize, Root((int)firstSize).ToString(), Root((int)secondSize).ToString(), [Id(9)]));

    public Task<NodeView?> NodeAsync(NodeAddress address, CancellationToken cancellationToken) => Task.FromResult(!Addresses.Contains(address) ? null : new NodeView(
        address.ToString(),
        "AT001",
        Addresses[0].ToString(),
        "community",
        DateTimeOffset.UnixEpoch,
        null,
        [new SourceView("roof", "Electricity", "SolarPanel", 5_000, 0), new SourceView("boiler", "NaturalGas", "Boiler", 0, 0)]));

    public Task<PoolBalance?> BalanceAsync(string pool, CancellationToken cancellationToken) =>
        Task.FromResult(pool == "community" ? new PoolBalance(3, 12, 0, 15, IsConserved: true) : null);

    public Task<NodeAddress?> FindMeteringPointAsync(string pool, string id, CancellationToken cancellationToken) =>
        Task.FromResult(id == "AT001" ? Addresses[0] : (NodeAddress?)null);

    public Task<long> WaitForBlockAsync(string pool, long above, TimeSpan atMost, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<IReadOnlyList<NodeSummary>> NodesAsync(NodeAddress after, int limit, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<NodeSummary>>([.. Addresses.Where(a => a.CompareTo(after) > 0).Take(limit).Select(a =>
            new NodeSummary(a.ToString(), "community", 40, DateTimeOffset.FromUnixTimeSeconds(FirstStart), DateTimeOffset.FromUnixTimeSeconds(FirstStart + 18_000)))]);

    public Task<ReadingPage> ReadingsAsync(ReadingQuery query, CancellationToken cancellationToken)
    {
        var wanted = Rows
            .Where(_ => query.Node == Addresses[0])
            .Where(r => r.Start >= query.From && r.Start < query.To && (query.Register is null || r.Register == query.Register))
            .Where(r => query.AllRevisions || !Rows.Any(other => (other.Register, other.Start) == (r.Register, r.Start) && other.Revision > r.Revision))
            .Where(r => query.Implausible is null || query.Implausible == MarksOf(r).Count > 0)
            .Where(r => query.After is not { } after || Compare(r, after) > 0)
            .ToList();
        var page = wanted.Take(query.Limit).ToList();
        return Task.FromResult(new ReadingPage(
            [.. page.Select(r => new ReadingView(r.Register.ToString(), DateTimeOffset.FromUnixTimeSeconds(r.Start), r.Duration, r.Quantity, r.Quality.ToString(), r.Revision, 12)
            {
                Plausibility = MarksOf(r),
            })],
            wanted.Count > page.Count ? new ReadingPosition(page[^1].Start, (int)page[^1].Register, page[^1].Duration, page[^1].Revision) : null,
            6));
    }

    public static string Rfc3339(long seconds) => DateTimeOffset.FromUnixTimeSeconds(seconds).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static int Compare(Reading reading, ReadingPosition after) =>
        (reading.Start, (int)reading.Register, reading.Duration, reading.Revision).CompareTo((after.Start, after.Register, after.Duration, after.Revision));
}
