using Dems.Contracts.Grains;
using Dems.Grains.Chains;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Dems.Grains.Hosting;

/// <summary>Pings every head each two seconds, so that one that is idle or failed comes back.</summary>
public sealed class ChainKeeper(IGrainFactory grains, ChainSites sites, TimeProvider time, ILogger<ChainKeeper> log) : BackgroundService
{
    /// <summary>Time between two pings.</summary>
    public static readonly TimeSpan Period = TimeSpan.FromSeconds(2);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, time);
        do
        {
            foreach (var site in sites.All)
            {
                try
                {
                    await grains.GetGrain<IChainHeadGrain>(ChainKey.Of(site.Chain)).Ping().WaitAsync(Period, time, stoppingToken);
                }
                catch (Exception e) when (e is not OperationCanceledException)
                {
                    // The next ping tries again, whatever it was.
                    log.LogWarning(e, "The head of pool {Pool} did not answer", site.Pool);
                }
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }
}
