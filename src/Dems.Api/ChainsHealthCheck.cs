using Dems.Contracts.Queries;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Dems.Api;

/// <summary>Ready: every chain runs here and this member's validator votes on it.</summary>
internal sealed class ChainsHealthCheck(ILedgerQueries queries) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var reasons = new List<string>();
        var unhealthy = false;
        foreach (var chain in queries.Chains)
        {
            var head = await queries.HeadAsync(chain.Pool, cancellationToken);
            if (head is null or { Running: false })
            {
                unhealthy = true;
                reasons.Add($"{chain.Pool} does not run");
            }
            else if (!head.Voting || head.CatchingUp)
            {
                reasons.Add($"{chain.Pool} {(head.CatchingUp ? "is catching up" : "does not vote yet")}");
            }
        }

        var text = string.Join("; ", reasons);
        return unhealthy ? HealthCheckResult.Unhealthy(text)
            : reasons.Count > 0 ? HealthCheckResult.Degraded(text)
            : HealthCheckResult.Healthy();
    }
}
