using Dems.Contracts.Queries;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Dems.Api;

/// <summary>
/// Ready: every chain runs here, so that entries are taken and questions answered. A replica that catches up or does not vote (yet) is degraded: what it says is
/// true, if perhaps not the newest.
/// </summary>
internal sealed class ChainsHealthCheck(ILedgerQueries queries) : IHealthCheck
{
    public const string Name = "chains";

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var stopped = new List<string>();
        var behind = new List<string>();
        foreach (var chain in queries.Chains)
        {
            var head = await queries.HeadAsync(chain.Pool, cancellationToken);
            if (head is not { Running: true })
            {
                stopped.Add($"chain '{chain.Pool}' does not run");
            }
            else if (head.CatchingUp)
            {
                behind.Add($"chain '{chain.Pool}' is catching up from height {head.Height}");
            }
            else if (!head.Voting)
            {
                behind.Add($"the validator does not vote on chain '{chain.Pool}'");
            }
        }

        var text = string.Join("; ", stopped.Concat(behind));
        return stopped.Count > 0 ? HealthCheckResult.Unhealthy(text) : behind.Count > 0 ? HealthCheckResult.Degraded(text) : HealthCheckResult.Healthy();
    }
}
