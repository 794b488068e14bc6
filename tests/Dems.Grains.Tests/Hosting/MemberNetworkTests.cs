using Dems.Contracts.Queries;
using Dems.Contracts.Submission;
using Dems.Core.Energy;
using Dems.Core.Ledger;
using Dems.Core.Ledger.Entries;
using Dems.Grains.Crypto;
using Dems.Replication.Ports;
using Dems.Replication.Protocol;
using Dems.Storage;
using Microsoft.Data.Sqlite;
using Xunit;
using ReadingQuery = Dems.Contracts.Queries.ReadingQuery;

namespace Dems.Grains.Tests.Hosting;

public sealed class MemberNetworkTests(TestMembers members) : IClassFixture<TestMembers>
{
    [Fact]
    public async Task Batch_Submitted_IsPromisedByDistinctMembersAndFinalEverywhere()
    {
        await members.RegisterAsync();
        var entry = members.Sign(members.Batch(1_000_000 * 900L, 1, 2, 3), members.Node);
        var result = await members.DeliverAsync(1, entry);

        Assert.Equal(SubmitOutcome.Stored, result.Outcome);
        if (result.OrderedIndex is null)
        {
            AssertPromised(result, entry.Content);
        }

        for (var i = 0; i < TestMembers.Count; i++)
        {
            await members.UntilFinalAsync(i, entry);
        }
    }

    [Fact]
    public async Task Batch_RetransmittedAtAnotherMember_IsRecognised()
    {
        await members.RegisterAsync();
        var entry = members.Sign(members.Batch(1_100_000 * 900L, 4), members.Node);
        await members.DeliverAsync(0, entry);
        await members.UntilFinalAsync(3, entry);
        var again = await members.SubmitAsync(3, entry);
        Assert.Equal(SubmitOutcome.Duplicate, again.Outcome);
        Assert.NotNull(again.OrderedIndex);
    }

    [Fact]
    public async Task Batch_OtherContentUnderAUsedSequence_IsRefusedNamingTheFirst()
    {
        await members.RegisterAsync();
        var first = members.Sign(members.Batch(1_200_000 * 900L, 4), members.Node);
        var second = members.Sign(members.Batch(1_200_000 * 900L, 5), members.Node, first.Sequence);
        await members.DeliverAsync(2, first);
        var result = await members.SubmitAsync(2, second);
        Assert.Equal(SubmitOutcome.SequenceTaken, result.Outcome);
        Assert.Equal(first.Content.ToString(), result.HeldContent);
        Assert.Equal(second.Content.ToString(), result.Content);
    }

    [Fact]
    public async Task Batch_ByAStrangersKey_IsRefusedAndNotStored()
    {
        await members.RegisterAsync();
        using var stranger = Es256Signer.Create();
        var result = await members.SubmitAsync(0, members.Sign(members.Batch(1_300_000 * 900L, 4), stranger));
        Assert.Equal((SubmitOutcome.Refused, "signer"), (result.Outcome, result.Field));
        Assert.DoesNotContain(
            await members.Site(0).Store.Mempool.LoadPendingAsync(CancellationToken.None), pending => pending.Signer == stranger.PublicKey.Fingerprint);
    }

    [Fact]
    public async Task Readings_RowDamagedOnDisk_AreNotServedUntilBuiltAgain()
    {
        await members.RegisterAsync();
        const long Start = 1_450_000 * 900L;
        var entry = members.Sign(members.Batch(Start, 5, 6), members.Node);
        await members.DeliverAsync(0, entry);
        var query = new ReadingQuery(NodeAddress.Of(members.Node.PublicKey), Start, Start + 1_800, Register.Import, false, null, 10);
        await TestMembers.UntilAsync(() => ServesAsync(query, 5, 6), () => "the readings are not in the query tables");
        await using (var connection = new SqliteConnection($"Data Source={members.Site(2).Store.Files.Projection};Pooling=False"))
        {
            await connection.OpenAsync(TestContext.Current.CancellationToken);
            await using var change = connection.CreateCommand();
            change.CommandText = $"UPDATE page SET readings = zeroblob(length(readings)) WHERE day = {Start / 86_400}";
            Assert.Equal(1, await change.ExecuteNonQueryAsync(TestContext.Current.CancellationToken));
        }

        await Assert.ThrowsAsync<DamageException>(() => members.Get<IReadingQueries>(2).ReadingsAsync(query, CancellationToken.None));

        await TestMembers.UntilAsync(() => ServesAsync(query, 5, 6), () => "the query tables were not built again");
    }

    [Theory]
    [InlineData("UPDATE body SET bytes = x'80' WHERE id = 1")]
    [InlineData("UPDATE block SET certificate = x'80' WHERE height = 1")]
    public async Task Store_OldBlockDamagedOnDisk_IsRepairedBehindTheVote(string damage)
    {
        await members.RegisterAsync();
        await BeyondASnapshotAsync(2_100_000 * 900L);
        var files = members.Site(3).Store.Files;
        await members.StopAsync(3);
        await ExecuteAsync(files, damage);

        await members.StartAsync(3);
        var site = members.Site(3);
        Assert.Equal(0, site.Keeper.Remaining);
        await TestMembers.UntilAsync(() => Task.FromResult(site.Keeper.IsWhole && members.Status(3).Voting), () => $"member 3 is not repaired: {members.Status(3)}");

        Assert.Empty(await site.Store.Chain.ScanAsync(TestContext.Current.CancellationToken));
        Assert.False(File.Exists($"{files.Database}.damaged-1"));
    }

    [Fact]
    public async Task Store_StructureDamagedOnDisk_IsReplacedBehindTheVote()
    {
        await members.RegisterAsync();
        await BeyondASnapshotAsync(2_200_000 * 900L);
        var files = members.Site(3).Store.Files;
        await members.StopAsync(3);
        await ZeroIndexAsync(files, "body_content");

        await members.StartAsync(3);
        await TestMembers.UntilAsync(
            () => Task.FromResult(members.Site(3).Keeper.IsWhole && members.Status(3) is { Running: true, Voting: true }), () => $"member 3 is not repaired: {members.Status(3)}");
        var entry = members.Sign(members.Batch(2_300_000 * 900L, 1), members.Node);
        await members.DeliverAsync(3, entry);
        await members.UntilFinalAsync(3, entry);

        Assert.True(File.Exists($"{files.Database}.damaged-1"));
        Assert.Empty(await members.Site(3).Store.Chain.ScanAsync(TestContext.Current.CancellationToken));
        await TestMembers.UntilAsync(() => Task.FromResult(members.Status(3).StateRoot == members.Status(0).StateRoot), () => "the states differ");
        File.Delete($"{files.Database}.damaged-1");
    }

    [Fact]
    public async Task Readings_Final_AppearInTheQueryTablesOfEveryMember()
    {
        await members.RegisterAsync();
        const long Start = 1_400_000 * 900L;
        var entry = members.Sign(members.Batch(Start, 7, 8, 9), members.Node);
        await members.DeliverAsync(0, entry);
        for (var i = 0; i < TestMembers.Count; i++)
        {
            var queries = members.Get<IReadingQueries>(i);
            var query = new ReadingQuery(NodeAddress.Of(members.Node.PublicKey), Start, Start + 2_700, Register.Import, false, null, 10);
            await TestMembers.UntilAsync(
                async () => (await queries.ReadingsAsync(query, CancellationToken.None)).Readings.Select(r => r.QuantityWh).SequenceEqual([7L, 8L, 9L]),
                () => $"the readings do not appear at member {i}");
        }
    }

    [Fact]
    public async Task Validator_WhoSignsTwoVotes_IsReportedOnTheChainOncePerOffence()
    {
        await members.RegisterAsync();
        var tried = new SortedSet<Height>();
        IReadOnlyList<OpenedEntry> reports = [];

        // Votes count while their height is open, and another block may always come between.
        await TestMembers.UntilAsync(
            async () =>
            {
                var height = new Height(members.Status(0).Height + 1);
                if (tried.Add(height))
                {
                    PeerMessage[] votes = [.. new[] { "one", "another" }.Select(block => new PeerMessage.VoteCast(members.Vote(3, height, block)))];
                    members.Site(0).Replica!.TryDeliver(new PeerFrame(members.Chain, 3, votes));
                }

                return (reports = await members.EntriesAsync(1, EntryKind.Evidence)).Count > 0;
            },
            () => $"no evidence on the chain: {members.Status(0)}");

        var report = (EvidenceReport)reports[0].Body;
        Assert.Equal(members.Genesis.KeyOf(3), report.Offender);
        Assert.Contains(report.Evidence.Height, tried);
        Assert.Equal(members.Genesis.KeyOf(0), reports[0].Signer);
        var name = new EntryName(null, reports[0].Content.Value);
        await TestMembers.UntilAsync(
            async () => (await members.Get<ILedgerQueries>(2).EntryAsync(TestMembers.Pool, name, CancellationToken.None))?.Outcome?.Status == "applied",
            () => "the report was not applied");

        var after = members.Sign(members.Batch(1_900_000 * 900L, 4), members.Node);
        await members.DeliverAsync(0, after);
        await members.UntilFinalAsync(1, after);
        var offences = (await members.EntriesAsync(1, EntryKind.Evidence)).Select(entry => ((EvidenceReport)entry.Body).Evidence).Select(e => (e.Height, e.Round, e.Kind, e.Validator)).ToList();
        Assert.Equal(offences.Distinct(), offences);
    }

    [Fact]
    public async Task Member_StoppedAndStartedAgain_CatchesUpAndVotes()
    {
        await members.RegisterAsync();
        await members.StopAsync(3);
        var missed = members.Sign(members.Batch(1_500_000 * 900L, 4), members.Node);
        await members.DeliverAsync(0, missed);
        await members.UntilFinalAsync(0, missed);

        await members.StartAsync(3);
        await members.UntilFinalAsync(3, missed);
        await TestMembers.UntilAsync(() => Task.FromResult(members.Status(3).Voting), () => $"member 3 does not vote: {members.Status(3)}");
        await AssertAgreeAsync();
    }

    [Fact]
    public async Task Member_QueryTablesDeleted_BuildsThemAgainBehindItsSnapshot()
    {
        await members.RegisterAsync();
        const long Start = 1_700_000 * 900L;
        var node = NodeAddress.Of(members.Node.PublicKey);
        for (var i = 0; i < 5; i++)
        {
            var entry = members.Sign(members.Batch(Start + i * 900L, i), members.Node);
            await members.DeliverAsync(1, entry);
            await members.UntilFinalAsync(1, entry);
        }

        var (files, last) = (members.Site(1).Store.Files, (await members.Site(1).Store.Chain.ReadHeadAsync(CancellationToken.None))!.Block.Header.TreeSize - 1);
        await members.StopAsync(1);
        Assert.NotEmpty(Directory.GetFileSystemEntries(files.Snapshots));
        foreach (var path in Directory.GetFiles(files.Folder, Path.GetFileName(files.Projection) + "*"))
        {
            File.Delete(path);
        }

        await members.StartAsync(1);
        var queries = members.Get<IReadingQueries>(1);
        var query = new ReadingQuery(node, Start, Start + 4_500, Register.Import, false, null, 10);
        await TestMembers.UntilAsync(
            async () => (await queries.ReadingsAsync(query, CancellationToken.None)).Readings.Select(r => r.QuantityWh).SequenceEqual([0L, 1L, 2L, 3L, 4L]),
            () => "the readings do not come back");
        for (var i = 0; i <= last; i++)
        {
            var shown = await members.Get<ILedgerQueries>(1).EntryAsync(TestMembers.Pool, new EntryName(i, default), CancellationToken.None);
            Assert.Equal("applied", shown!.Outcome!.Status);
        }

        await AssertAgreeAsync();
    }

    [Fact]
    public async Task Member_LostItsStores_RebuildsThemFromPeersWithTheSameState()
    {
        await members.RegisterAsync();
        await members.StopAsync(2);
        await members.LoseStoresAsync(2);
        await members.StartAsync(2);
        var entry = members.Sign(members.Batch(1_600_000 * 900L, 4), members.Node);
        await members.DeliverAsync(0, entry);
        await members.UntilFinalAsync(2, entry);

        // It abstains for two blocks. Until it votes no other test may stop a member: the chain bears one silent member of four.
        for (var i = 1; !members.Status(2).Voting; i++)
        {
            var next = members.Sign(members.Batch((1_600_000 + i) * 900L, 4), members.Node);
            await members.DeliverAsync(0, next);
            await members.UntilFinalAsync(2, next);
        }

        await AssertAgreeAsync();
    }

    [Fact]
    public async Task Member_FarBehind_GoesOnFromAStateOfItsPeersAndFillsInTheRest()
    {
        await members.RegisterAsync();
        await BeyondASnapshotAsync(2_400_000 * 900L);
        await BeyondASnapshotAsync(2_500_000 * 900L);
        var head = members.Status(0).Height;
        await members.StopAsync(2);
        await members.LoseStoresAsync(2);
        var snapshots = members.Site(0).Store.Files.Snapshots;
        Assert.NotEmpty(Directory.GetFiles(snapshots));

        await members.StartAsync(2);
        await TestMembers.UntilAsync(
            () => Task.FromResult(members.Site(2).Keeper.IsPartial || members.Status(2).Height >= head), () => $"member 2 does not follow: {members.Status(2)}");
        Assert.True(members.Site(2).Keeper.IsPartial, $"member 2 executed the whole chain: {members.Status(2)}");
        await TestMembers.UntilAsync(
            () => Task.FromResult(members.Site(2).Keeper.IsWhole && members.Status(2).Height >= head), () => $"member 2 is not whole: {members.Status(2)}, {members.Site(2).Store.Gap}");

        Assert.Empty(await members.Site(2).Store.Chain.ScanAsync(TestContext.Current.CancellationToken));
        for (var i = 0; !members.Status(2).Voting; i++)
        {
            var next = members.Sign(members.Batch((2_600_000 + i) * 900L, 4), members.Node);
            await members.DeliverAsync(0, next);
            await members.UntilFinalAsync(2, next);
        }

        await AssertAgreeAsync();
    }

    /// <summary>Orders entries until member 3 has a snapshot whose successors do not reach back to the first block.</summary>
    private async Task BeyondASnapshotAsync(long start)
    {
        for (var i = 0; i < 8; i++)
        {
            var entry = members.Sign(members.Batch(start + i * 900, 1), members.Node);
            await members.DeliverAsync(3, entry);
            await members.UntilFinalAsync(3, entry);
        }
    }

    private static async Task ExecuteAsync(ReplicaFiles files, string sql)
    {
        await using var connection = new SqliteConnection($"Data Source={files.Database};Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The texts are this test's own.
        command.CommandText = sql;
#pragma warning restore CA2100
        Assert.NotEqual(0, await command.ExecuteNonQueryAsync());
    }

    /// <summary>Clears the first page of an index, in a file whose log was moved into it.</summary>
    private static async Task ZeroIndexAsync(ReplicaFiles files, string index)
    {
        long root, size;
        await using (var connection = new SqliteConnection($"Data Source={files.Database};Pooling=False"))
        {
            await connection.OpenAsync();
            await using var command = connection.CreateCommand();
            command.CommandText = "SELECT rootpage, (SELECT page_size FROM pragma_page_size) FROM sqlite_schema WHERE name = $index";
            command.Parameters.AddWithValue("$index", index);
            await using var row = await command.ExecuteReaderAsync();
            Assert.True(await row.ReadAsync());
            (root, size) = (row.GetInt64(0), row.GetInt64(1));
        }

        await using var stream = new FileStream(files.Database, FileMode.Open);
        stream.Position = (root - 1) * size;
        stream.Write(new byte[size]);
    }

    private async Task AssertAgreeAsync()
    {
        await TestMembers.UntilAsync(
            () => Task.FromResult(Enumerable.Range(0, TestMembers.Count).Select(i => members.Status(i).Head).Distinct(StringComparer.Ordinal).Count() == 1),
            () => "heads differ: " + string.Join("; ", Enumerable.Range(0, TestMembers.Count).Select(i => members.Status(i).ToString())));
        Assert.Single(Enumerable.Range(0, TestMembers.Count).Select(i => members.Status(i).StateRoot).Distinct(StringComparer.Ordinal));
    }

    /// <summary>Checks the promises as a device would: each path leads from the content id to the root that the member signed.</summary>
    private void AssertPromised(SubmitResult result, ContentId content)
    {
        using var verifier = new Es256Verifier();
        Assert.True(result.Promises.Select(p => p.Member).Distinct().Count() >= members.Genesis.Validators.OneHonest, result.ToString());
        foreach (var promise in result.Promises)
        {
            var root = RootOf(content, promise);
            var signed = GroupPromise.SignedBytes(members.Chain, new Height(promise.LatestHeight), promise.GroupSize, root);
            Assert.True(verifier.Verify(members.Genesis.KeyOf(promise.Member), signed, promise.Signature.Span));
        }
    }

    private static Core.Hash32 RootOf(ContentId content, EntryPromise promise)
    {
        // RFC 9162 §2.1.3.2, written out again: leaf and inner nodes have different prefixes.
        var hash = System.Security.Cryptography.SHA256.HashData([0, .. content.Value.ToArray()]);
        var (index, last) = (promise.Index, promise.GroupSize - 1);
        foreach (var sibling in promise.Path)
        {
            if (index % 2 == 1 || index == last)
            {
                hash = System.Security.Cryptography.SHA256.HashData([1, .. sibling.Span, .. hash]);
                while (index % 2 == 0 && index != 0)
                {
                    (index, last) = (index / 2, last / 2);
                }
            }
            else
            {
                hash = System.Security.Cryptography.SHA256.HashData([1, .. hash, .. sibling.Span]);
            }

            (index, last) = (index / 2, last / 2);
        }

        return new Core.Hash32(hash);
    }

    // False while the tables refuse or are being built.
    private async Task<bool> ServesAsync(ReadingQuery query, params long[] quantities)
    {
        try
        {
            var page = await members.Get<IReadingQueries>(2).ReadingsAsync(query, CancellationToken.None);
            return page.Readings.Select(reading => reading.QuantityWh).SequenceEqual(quantities);
        }
        catch (DamageException)
        {
            return false;
        }
    }
}
