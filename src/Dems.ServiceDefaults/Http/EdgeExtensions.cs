using System.Reflection;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;

namespace Dems.ServiceDefaults.Http;

/// <summary>What the HTTP edges have in common: problem+json for everything that fails, times in UTC, and no query parameter that is silently ignored.</summary>
public static class EdgeExtensions
{
    /// <summary>Adds the mapping of faults and the form of times. May be called more than once.</summary>
    public static IServiceCollection AddDemsEdge(this IServiceCollection services)
    {
        services.AddProblemDetails();
        services.AddExceptionHandler<FaultHandler>();
        services.ConfigureHttpJsonOptions(json =>
        {
            // Numbers are numbers: no text in their place, neither read nor promised by the OpenAPI document.
            json.SerializerOptions.NumberHandling = JsonNumberHandling.Strict;
            if (!json.SerializerOptions.Converters.OfType<UtcTimeConverter>().Any())
            {
                json.SerializerOptions.Converters.Add(new UtcTimeConverter());
            }
        });
        return services;
    }

    /// <summary>Turns exceptions and empty error answers (404 of no route, 405) into problem+json. Goes before everything that maps endpoints.</summary>
    public static IApplicationBuilder UseDemsEdge(this IApplicationBuilder app) => app.UseExceptionHandler().UseStatusCodePages();

    /// <summary>Refuses query parameters that the endpoint does not declare and those given twice: a mistyped filter must not widen an answer.</summary>
    public static TBuilder RefuseUnknownQuery<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder => builder.AddEndpointFilterFactory((endpoint, next) =>
    {
        var known = endpoint.MethodInfo.GetParameters()
            .Where(parameter => parameter.IsDefined(typeof(FromQueryAttribute)))
            .Select(parameter => parameter.Name!)
            .ToList();
        return invocation => Wrong(invocation.HttpContext.Request.Query, known) is { } problem ? ValueTask.FromResult<object?>(problem) : next(invocation);
    });

    private static Problem? Wrong(IQueryCollection query, List<string> known)
    {
        foreach (var (name, values) in query)
        {
            if (!known.Contains(name, StringComparer.Ordinal))
            {
                var takes = known.Count == 0 ? "this takes no parameters" : $"this takes {string.Join(", ", known)}";
                return Problems.InvalidParameter(name, $"is not known; {takes}");
            }

            if (values.Count > 1)
            {
                return Problems.InvalidParameter(name, "is given more than once");
            }
        }

        return null;
    }
}
