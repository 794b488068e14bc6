using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace Dems.ServiceDefaults.Http;

/// <summary>An answer in application/problem+json (RFC 9457) with the headers that belong to it. <see cref="Problems"/> makes them.</summary>
public sealed class Problem : IResult, IStatusCodeHttpResult, IValueHttpResult<ProblemDetails>
{
    private readonly ProblemDetails _details;

    internal Problem(int status, string type, string title, string detail)
    {
        _details = new ProblemDetails { Status = status, Type = type, Title = title, Detail = detail };
    }

    /// <summary>After how many seconds trying again makes sense; null if it does not.</summary>
    public int? RetryAfterSeconds { get; init; }

    /// <summary>Media types that would have been understood; null if that is not the problem.</summary>
    public string? Accept { get; init; }

    /// <summary>Status code of the answer.</summary>
    public int StatusCode => _details.Status!.Value;

    int? IStatusCodeHttpResult.StatusCode => StatusCode;

    /// <summary>The members of the answer.</summary>
    public ProblemDetails Value => _details;

    /// <summary>Adds a member of the problem type's own.</summary>
    public Problem With(string name, object? value)
    {
        _details.Extensions[name] = value;
        return this;
    }

    /// <inheritdoc/>
    public Task ExecuteAsync(HttpContext httpContext)
    {
        var headers = httpContext.Response.Headers;
        headers.CacheControl = "no-store";
        if (RetryAfterSeconds is { } seconds)
        {
            headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        }

        if (Accept is not null)
        {
            headers.Accept = Accept;
        }

        return TypedResults.Problem(_details).ExecuteAsync(httpContext);
    }
}
