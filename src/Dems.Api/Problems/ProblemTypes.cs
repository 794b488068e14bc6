using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Dems.Api.Problems;

/// <summary>The one page that turns domain errors into problem+json (RFC 9457). docs/api.md lists the types.</summary>
internal static class ProblemTypes
{
    /// <summary>The URI reference that names a type.</summary>
    public static string Of(string name) => $"urn:dems:problem:{name}";

    /// <summary>There is no such thing (yet).</summary>
    public static ProblemHttpResult NotFound(string what) => TypedResults.Problem(
        type: Of("not-found"), title: $"There is no {what}.", statusCode: StatusCodes.Status404NotFound);

    /// <summary>A parameter is wrong.</summary>
    public static ProblemHttpResult Invalid(string parameter, string reason) => TypedResults.Problem(
        type: Of("invalid-parameter"),
        title: $"{parameter}: {reason}",
        statusCode: StatusCodes.Status400BadRequest,
        extensions: new Dictionary<string, object?>(StringComparer.Ordinal) { ["parameter"] = parameter });
}
