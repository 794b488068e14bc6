using Dems.Core.Ledger;
using Dems.Core.Ledger.Execution;
using Dems.Grains.Hosting;
using Dems.Replication.Ports;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Dems.Grains.Chains;

/// <summary>
/// Keeps the query tables a moment behind the chain. It takes what the pool executes; where it missed blocks (deleted tables, a long pause), it executes them again from
/// genesis on its own and catches up, and so it does when the tables turn out to be damaged. Nothing waits for it.
/// </summary>
public sealed class ReadingProjector(ChainSites sites, MemberOptions options, TimeProvider time, ILogger<ReadingProjector> log) : BackgroundService
{
    private const int MaxBlocksAtOnce = 64;

    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(5);

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(sites.All.Select(site => RunAsync(site, stoppingToken)));

    private async Task RunAsync(ChainSite site, CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await FollowAsync(site, stopping);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e) when (site.Projection.Damaged.IsCompleted)
            {
                log.LogError(e, "The query tables of pool {Pool} are damaged; they are built again from the chain", site.Pool);
                await RebuildAsync(site, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (Exception e)
            {
                // The tables can always be made up for; the chain goes on meanwhile.
                log.LogError(e, "The query tables of pool {Pool} fell behind", site.Pool);
                await Task.Delay(RetryAfter, time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task FollowAsync(ChainSite site, CancellationToken stopping)
    {
        if (await site.Projection.Checked.WaitAsync(stopping) is { } damage)
        {
            log.LogError("The query tables of pool {Pool} were damaged and are built again from the chain: {Damage}", site.Pool, damage);
        }

        var height = await site.Projection.ReadHeightAsync(stopping);
        while (true)
        {
            var next = await NextAsync(site, stopping);
            if (next.Height > height.Next)
            {
                height = await ReplayAsync(site, height, next.Height.Previous, stopping);
            }

            var blocks = new List<ExecutedBlock> { next };
            while (blocks.Count < MaxBlocksAtOnce && site.Executed.TryPeek(out var following) && following.Height == next.Height.Next)
            {
                site.Executed.TryRead(out next!);
                blocks.Add(next);
            }

            if (next.Height > height)
            {
                var marks = new MarkCounter();
                await site.Projection.ApplyAsync(
                    next.Height, marks.Count(blocks.SelectMany(block => block.Readings())), [.. blocks.Select(block => block.Results).OfType<ProjectedResults>()], stopping);
                ChainMetrics.Marked(marks);
                height = next.Height;
                site.SignalProjected(height);
            }
        }
    }

    /// <summary>The next executed block.</summary>
    /// <exception cref="DamageException">A reader met damage: on a chain that stands still nothing else would tell.</exception>
    private static async Task<ExecutedBlock> NextAsync(ChainSite site, CancellationToken stopping)
    {
        var damaged = site.Projection.Damaged;
        while (true)
        {
            if (site.Executed.TryRead(out var next))
            {
                return next;
            }

            var first = await Task.WhenAny(site.Executed.WaitToReadAsync(stopping).AsTask(), damaged);
            if (first == damaged)
            {
                throw new DamageException(await damaged);
            }

            await first;
        }
    }

    private async Task RebuildAsync(ChainSite site, CancellationToken stopping)
    {
        await site.Projection.ClearAsync(stopping);
        if (site.CommittedHeight is > 0 and var committed)
        {
            site.SignalProjected(await ReplayAsync(site, Height.Genesis, new Height(committed), stopping));
        }
    }

    /// <summary>Executes the chain from genesis again and applies what lies above <paramref name="applied"/>, up to a height.</summary>
    private async Task<Height> ReplayAsync(ChainSite site, Height applied, Height target, CancellationToken stopping)
    {
        log.LogInformation("The query tables of pool {Pool} are built from block {From} to {To}", site.Pool, applied.Next, target);
        var state = LedgerState.AtGenesis(options.Genesis, site.Pool);
        for (var height = Height.Genesis.Next; height <= target; height = height.Next)
        {
            var block = await site.Store.Chain.ReadBlockAsync(height, stopping)
                ?? throw new DamageException(new Damage(site.Store.Files.Database, "block", height, "row", "is missing"));
            var entries = await BlockReader.OpenAsync(site, block.Block, stopping);
            var result = BlockExecutor.Execute(state, block.Block.Header, entries);
            state = result.State;
            if (height > applied)
            {
                var executed = new ExecutedBlock(block.Block.Header, entries, result);
                await site.Projection.ApplyAsync(height, executed.Readings(), executed.Results is { } results ? [results] : [], stopping);
            }
        }

        return target;
    }
}
