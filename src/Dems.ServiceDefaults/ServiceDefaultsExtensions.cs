using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace Dems.ServiceDefaults;

/// <summary>What every DEMS process has: telemetry over OTLP where an endpoint is configured, and health.</summary>
public static class ServiceDefaultsExtensions
{
    /// <summary>The standard variable that names the OTLP endpoint; without it nothing is exported.</summary>
    public const string OtlpEndpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    /// <summary>Health checks with this tag decide whether the process is alive at all.</summary>
    public const string LiveTag = "live";

    private static readonly string[] Meters = ["Dems.Ledger", "Dems.Ingest", "Microsoft.Orleans"];
    private static readonly string[] Sources = ["Dems.Ledger", "Dems.Ingest", "Microsoft.Orleans.Runtime", "Microsoft.Orleans.Application"];

    /// <summary>Adds telemetry and the liveness check.</summary>
    public static IHostApplicationBuilder AddServiceDefaults(this IHostApplicationBuilder builder)
    {
        builder.Services.AddHealthChecks().AddCheck("self", () => HealthCheckResult.Healthy(), [LiveTag]);
        if (string.IsNullOrWhiteSpace(builder.Configuration[OtlpEndpoint]))
        {
            return builder;
        }

        builder.Services.AddOpenTelemetry()
            .WithMetrics(metrics => metrics
                .AddAspNetCoreInstrumentation()
                .AddHttpClientInstrumentation()
                .AddRuntimeInstrumentation()
                .AddMeter(Meters)
                .AddOtlpExporter())
            .WithTracing(traces => traces
                .AddAspNetCoreInstrumentation(web => web.Filter = context => !IsProbe(context.Request.Path))
                .AddHttpClientInstrumentation()
                .AddSource(Sources)
                .AddOtlpExporter())
            .WithLogging(logs => logs.AddOtlpExporter());
        return builder;
    }

    private static bool IsProbe(Microsoft.AspNetCore.Http.PathString path) => path.StartsWithSegments("/alive") || path.StartsWithSegments("/health");
}
