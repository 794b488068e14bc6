using Dems.Ingest.Http;
using Dems.ServiceDefaults.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Dems.Ingest;

/// <summary>The way in for readings over HTTP, for hosts to put in.</summary>
public static class DemsIngest
{
    /// <summary>Adds what the endpoint needs. The host adds the submitter, the queries and the signature verifier.</summary>
    public static IServiceCollection AddDemsIngest(this IServiceCollection services)
    {
        services.AddDemsEdge();
        services.AddMetrics();
        services.TryAddSingleton(TimeProvider.System);
        services.AddOptions<HttpIngestOptions>().BindConfiguration(HttpIngestOptions.Section).Validate(o => o.AreSound(), HttpIngestOptions.Bounds).ValidateOnStart();
        services.TryAddSingleton<IngestMetrics>();
        services.TryAddSingleton<EntryOpening>();
        services.TryAddSingleton<FinalityWatch>();
        services.TryAddSingleton<BatchIntake>();
        services.ConfigureHttpJsonOptions(json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, IngestJson.Default));
        return services;
    }

    /// <summary>Maps <c>POST /v1/batches</c>.</summary>
    public static IEndpointRouteBuilder MapDemsIngest(this IEndpointRouteBuilder routes)
    {
        BatchEndpoint.Map(routes);
        return routes;
    }
}
