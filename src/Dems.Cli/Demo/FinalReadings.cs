using Dems.Core.Energy;
using Dems.Grains.Chains;

namespace Dems.Cli.Demo;

/// <summary>Counts the readings that a member's copy of a chain applied.</summary>
internal static class FinalReadings
{
    private const int NodesAtOnce = 1_000;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Readings in the query tables, once these have come to a height.</summary>
    public static async Task<long> CountAsync(ChainSite site, long height, TimeProvider time, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        while ((await site.Projection.ReadHeightAsync(cancellationToken)).Value < height)
        {
            if (time.GetElapsedTime(started) > Patience)
            {
                throw new CommandException(ExitCodes.Unavailable, $"The query tables did not come to block {height} within {Patience.TotalSeconds} seconds.");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(10), time, cancellationToken);
        }

        var count = 0L;
        var after = default(NodeAddress);
        while (await site.Projection.ListNodesAsync(after, NodesAtOnce, cancellationToken) is { Count: > 0 } nodes)
        {
            count += nodes.Sum(node => node.Readings);
            after = nodes[^1].Address;
        }

        return count;
    }
}
