using Dems.Cli.Client;
using Dems.Cli.Network;
using Dems.Cli.Output;
using Dems.Contracts.Queries;
using Dems.Contracts.Submission;
using Dems.Core.Energy;
using Dems.Core.Ledger.Entries;
using Dems.Grains.Chains;
using Dems.Grains.Crypto;
using Dems.Ingest.Importing;
using Microsoft.Extensions.DependencyInjection;

namespace Dems.Cli.Bench;

/// <summary>
/// Readings per second, final at every validator of a network in this process, against the bare pipeline's with as many copies in the same run: the ratio
/// says what agreeing costs. Signing is not measured: devices do it.
/// </summary>
internal sealed class LedgerBench(int members, Reporter reporter, TimeProvider time)
{
    private const string Pool = "community";
    private const int Nodes = 16;
    private const int GroupSize = 128;
    private const int GroupsUnderWay = 16;

    /// <summary>One entry in so many more is sent first and not measured, so that compiling the code is not taken for its cost.</summary>
    private const int WarmUpShare = 6;

    // On the grid basis, which the pool has, imports are allocated; consumption behind the meter is only recorded.
    private const Register Counted = Register.Import;
    private const Register Uncounted = Register.Consumption;

    public async Task<LedgerBenchRow> MeasureAsync(int readingsPerEntry, int entryCount, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("dems-bench-").FullName;
        try
        {
            await NetworkFolder.CreateAsync(folder, "bench", members, [NetworkFolder.CommunityPool(Pool)], time, cancellationToken);
            await using var network = await LocalNetwork.StartAsync(folder, members, firstPort: null, quiet: true, cancellationToken);
            using var registrar = LocalRegistrar.Create(network.Members[0], Pool, folder, time);
            var chain = network.Members[0].Options.Genesis.ChainOf(Pool);
            var warmUpCount = Math.Max(1, entryCount / WarmUpShare);
            var source = new BenchEntries(chain, registrar.Gateway, await RegisterAsync(registrar, cancellationToken), time.GetUtcNow());
            var (warmUp, entries) = Split(source.Sign(Uncounted, warmUpCount + entryCount, readingsPerEntry), warmUpCount);
            var (warmUpCounted, counted) = Split(source.Sign(Counted, warmUpCount + entryCount, readingsPerEntry), warmUpCount);
            reporter.Line($"{readingsPerEntry} readings per signature: {2 * (warmUpCount + entryCount)} entries are signed; measuring");

            var readings = (long)entryCount * readingsPerEntry;
            await BarePipeline.MeasureAsync(Path.Combine(folder, "warm-up"), chain, members, warmUp, readings, cancellationToken);
            var bare = await BarePipeline.MeasureAsync(folder, chain, members, entries, readings, cancellationToken);
            await SubmitUntilFinalAsync(network, warmUp, cancellationToken);
            var blocks = Head(network, 0).Height;
            var final = await MeasureFinalAsync(network, entries, readings, cancellationToken);
            blocks = Head(network, 0).Height - blocks;
            await SubmitUntilFinalAsync(network, warmUpCounted, cancellationToken);
            var intervals = await IntervalsAsync(network, cancellationToken);
            var allocated = await MeasureFinalAsync(network, counted, readings, cancellationToken);
            return new LedgerBenchRow
            {
                ReadingsPerSignature = readingsPerEntry,
                Entries = entryCount,
                BareReadingsPerSecond = bare.PerSecond,
                BareCpuMicrosecondsPerReading = bare.CpuMicroseconds,
                FinalReadingsPerSecond = final.PerSecond,
                FinalCpuMicrosecondsPerReading = final.CpuMicroseconds,
                Blocks = blocks,
                AllocatedReadingsPerSecond = allocated.PerSecond,
                AllocatedCpuMicrosecondsPerReading = allocated.CpuMicroseconds,
                Intervals = await IntervalsAsync(network, cancellationToken) - intervals,
            };
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<IReadOnlyList<NodeAddress>> RegisterAsync(Registrar registrar, CancellationToken cancellationToken)
    {
        var points = Enumerable.Range(0, Nodes).Select(i => new MeteringPoint($"bench-{i}", Carrier.Electricity)).ToList();
        await registrar.RegisterAsync(points, cancellationToken);
        var nodes = new List<NodeAddress>();
        foreach (var point in points)
        {
            nodes.Add((await registrar.ResolveAsync(point, cancellationToken))!.Value);
        }

        return nodes;
    }

    private static (List<ReadOnlyMemory<byte>> WarmUp, List<ReadOnlyMemory<byte>> Measured) Split(IReadOnlyList<ReadOnlyMemory<byte>> entries, int count) =>
        (entries.Take(count).ToList(), entries.Skip(count).ToList());

    private async Task<(double PerSecond, double CpuMicroseconds)> MeasureFinalAsync(
        LocalNetwork network, List<ReadOnlyMemory<byte>> entries, long readings, CancellationToken cancellationToken)
    {
        var stint = Stint.Start();
        await SubmitUntilFinalAsync(network, entries, cancellationToken);
        return stint.Per(readings);
    }

    private async Task SubmitUntilFinalAsync(LocalNetwork network, List<ReadOnlyMemory<byte>> entries, CancellationToken cancellationToken)
    {
        var before = Head(network, 0).TreeSize;
        await SubmitAsync(network, entries, cancellationToken);
        await FinalEverywhereAsync(network, before + entries.Count, cancellationToken);
    }

    /// <summary>Submits at all members in turn; each opens what it is given, as its HTTP edge would.</summary>
    private async Task SubmitAsync(LocalNetwork network, IReadOnlyList<ReadOnlyMemory<byte>> entries, CancellationToken cancellationToken)
    {
        using var verifiers = new VerifierPool();
        var opener = new EntryOpener(verifiers, new Es256Verifier());
        var groups = entries.Chunk(GroupSize).Select((group, i) => (Group: group, Member: network.Members[i % members]));
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = GroupsUnderWay, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(groups, parallel, async (item, token) =>
        {
            var opened = await opener.OpenAsync(item.Group, token);
            var submitter = item.Member.Services.GetRequiredService<IEntrySubmitter>();
            await SubmitGroupAsync(submitter, [.. opened.OfType<OpenedEntry>()], token);
        });
    }

    /// <summary>What is busy is submitted again after a moment.</summary>
    private async Task SubmitGroupAsync(IEntrySubmitter submitter, IReadOnlyList<OpenedEntry> entries, CancellationToken cancellationToken)
    {
        while (entries.Count > 0)
        {
            var results = await submitter.SubmitAsync(entries, SubmitWait.Promise, cancellationToken);
            var refused = results.FirstOrDefault(r => r.Outcome is SubmitOutcome.Refused or SubmitOutcome.SequenceTaken);
            if (refused is not null)
            {
                throw new InvalidOperationException($"An entry of the benchmark was refused: {refused.Reason}");
            }

            entries = [.. entries.Where((_, i) => results[i].Outcome == SubmitOutcome.Busy)];
            if (entries.Count > 0)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(20), time, cancellationToken);
            }
        }
    }

    /// <summary>Waits until every member holds all batches that were submitted, as ordered entries.</summary>
    private async Task FinalEverywhereAsync(LocalNetwork network, long treeSize, CancellationToken cancellationToken)
    {
        while (Enumerable.Range(0, members).Any(i => Head(network, i).TreeSize < treeSize))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(2), time, cancellationToken);
        }
    }

    private static async Task<long> IntervalsAsync(LocalNetwork network, CancellationToken cancellationToken) =>
        (await network.Members[0].Services.GetRequiredService<ILedgerQueries>().BalanceAsync(Pool, cancellationToken))!.Intervals;

    private static Contracts.Grains.ChainStatus Head(LocalNetwork network, int member) =>
        network.Members[member].Sites.OfPool(Pool)!.Status(network.Members[member].Options.Genesis);
}
