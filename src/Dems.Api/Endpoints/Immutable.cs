using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Dems.Api.Endpoints;

/// <summary>Answers that never change: final blocks and entries, proofs for a stated size. Their hash is their entity tag.</summary>
internal static class Immutable
{
    private const string ForAYear = "public, max-age=31536000, immutable";

    /// <summary>Sets tag and lifetime; true if the caller has this very answer already (then 304 says all).</summary>
    public static bool IsKnown(HttpContext context, string tag)
    {
        var etag = new EntityTagHeaderValue($"\"{tag}\"");
        context.Response.Headers.ETag = etag.ToString();
        context.Response.Headers.CacheControl = ForAYear;
        return EntityTagHeaderValue.TryParseList(context.Request.Headers.IfNoneMatch, out var known) && known.Any(k => k.Compare(etag, useStrongComparison: false));
    }
}
