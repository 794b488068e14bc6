using System.Text.Json;
using Dems.Api.Endpoints;
using Dems.Api.Problems;
using Dems.ServiceDefaults;
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
        services.AddProblemDetails();
        services.AddExceptionHandler<FaultHandler>();
        services.AddHealthChecks().AddCheck<ChainsHealthCheck>("chains");
        services.ConfigureHttpJsonOptions(json => json.SerializerOptions.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower);
        services.AddOpenApi("v1", OpenApiDocument.Configure);
        return services;
    }

    /// <summary>Turns faults and empty error answers into problem+json.</summary>
    public static IApplicationBuilder UseDemsApi(this IApplicationBuilder app) => app.UseExceptionHandler().UseStatusCodePages();

    /// <summary>Maps the endpoints, health and the OpenAPI document.</summary>
    public static IEndpointRouteBuilder MapDemsApi(this IEndpointRouteBuilder routes)
    {
        var v1 = routes.MapGroup("/v1");
        MemberEndpoints.Map(v1);
        ChainEndpoints.Map(v1);
        ProofEndpoints.Map(v1);
        NodeEndpoints.Map(v1);
        routes.MapHealth();
        routes.MapOpenApi("/openapi/{documentName}.json");
        return routes;
    }
}
