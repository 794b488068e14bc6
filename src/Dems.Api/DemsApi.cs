using Dems.Api.Answers;
using Dems.Api.Endpoints;
using Dems.Api.OpenApi;
using Dems.ServiceDefaults.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Dems.Api;

/// <summary>The public HTTP API of a member, for hosts to put in.</summary>
public static class DemsApi
{
    /// <summary>Adds what the endpoints need. The host adds the queries themselves.</summary>
    public static IServiceCollection AddDemsApi(this IServiceCollection services)
    {
        services.AddDemsEdge();
        services.AddHealthChecks().AddCheck<ChainsHealthCheck>(ChainsHealthCheck.Name);
        services.ConfigureHttpJsonOptions(json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, ApiJson.Default));
        services.AddOpenApi("v1", ApiDocument.Configure);
        return services;
    }

    /// <summary>Turns faults and empty error answers into problem+json. Goes before everything that maps endpoints.</summary>
    public static IApplicationBuilder UseDemsApi(this IApplicationBuilder app) => app.UseDemsEdge();

    /// <summary>Maps the endpoints, health and the OpenAPI document.</summary>
    public static IEndpointRouteBuilder MapDemsApi(this IEndpointRouteBuilder routes)
    {
        var v1 = routes.MapGroup("/v1").RefuseUnknownQuery();
        MemberEndpoints.Map(v1);
        NodeEndpoints.Map(v1);
        ChainEndpoints.Map(v1);
        PoolEndpoints.Map(v1);
        ProofEndpoints.Map(v1);
        ReceiptEndpoints.Map(v1);
        BallotEndpoints.Map(v1);
        TrialEndpoints.Map(v1);
        SettlementEndpoints.Map(v1);
        HealthEndpoints.Map(routes);
        routes.MapOpenApi("/openapi/{documentName}.json");
        return routes;
    }
}
