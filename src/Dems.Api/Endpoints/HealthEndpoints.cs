using Dems.Api.Answers;
using Dems.ServiceDefaults.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Dems.Api.Endpoints;

/// <summary>For whoever starts, stops and watches the process.</summary>
internal static class HealthEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/health", HealthAsync)
            .WithName("getHealth")
            .WithTags("health")
            .WithSummary("Whether the member can do its work.")
            .WithDescription("200 `ready`; 200 `degraded` while a chain catches up or this validator does not vote; 503 with the reasons otherwise.")
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        routes.MapGet("/alive", Alive)
            .WithName("getAlive")
            .WithTags("health")
            .WithSummary("Whether the process answers at all.")
            .WithDescription("200 as long as the process can answer; says nothing about its work.");
    }

    private static Ok<HealthAnswer> Alive() => TypedResults.Ok(new HealthAnswer("alive", []));

    private static async Task<Results<Ok<HealthAnswer>, Problem>> HealthAsync(HealthCheckService checks, CancellationToken cancellationToken)
    {
        var report = await checks.CheckHealthAsync(cancellationToken);
        var reasons = report.Entries
            .Where(entry => entry.Value.Status != HealthStatus.Healthy)
            .OrderBy(entry => entry.Key, StringComparer.Ordinal)
            .Select(entry => entry.Value.Description ?? $"the check '{entry.Key}' failed")
            .ToList();
        return report.Status switch
        {
            HealthStatus.Healthy => TypedResults.Ok(new HealthAnswer("ready", [])),
            HealthStatus.Degraded => TypedResults.Ok(new HealthAnswer("degraded", reasons)),
            _ => Problems.NotReady(reasons),
        };
    }
}
