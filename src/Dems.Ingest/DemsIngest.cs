using Dems.Ingest.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Dems.Ingest;

/// <summary>The way in for readings over HTTP, for hosts to put in.</summary>
public static class DemsIngest
{
    /// <summary>Adds what the endpoint needs. The host adds the submitter, the queries and the verifier.</summary>
    public static IServiceCollection AddDemsIngest(this IServiceCollection services) => services.AddSingleton<BatchIntake>();

    /// <summary>Maps <c>POST /v1/batches</c>.</summary>
    public static IEndpointRouteBuilder MapDemsIngest(this IEndpointRouteBuilder routes)
    {
        BatchEndpoint.Map(routes);
        return routes;
    }
}
