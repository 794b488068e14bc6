using Dems.Api.Answers;
using Dems.Contracts.Receipts;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Dems.Api.Endpoints;

/// <summary>A receipt in the form that the caller prefers. Signatures are random, so that two copies differ; each of them stays good for ever.</summary>
internal static class ReceiptReply
{
    public const string Cbor = "application/cbor";
    public const string Cose = "application/cose";
    public const string Json = "application/json";

    public static IResult Of(HttpContext context, ReceiptAnswer answer)
    {
        context.Response.Headers.CacheControl = "max-age=31536000, immutable";
        context.Response.Headers.Vary = HeaderNames.Accept;
        return PreferredOf(context.Request) switch
        {
            Json => TypedResults.Ok(new ReceiptView(answer.Content, Convert.ToBase64String(answer.Receipt.Span), Convert.ToBase64String(answer.Statement.Span))),
            Cose => TypedResults.Bytes(answer.Statement, $"{Cose}; cose-type=\"cose-sign1\""),
            _ => TypedResults.Bytes(answer.Receipt, Cbor, $"{answer.Content[..16]}.receipt"),
        };
    }

    // RFC 9110 §12.5.1: the highest quality wins; where several are equal, the whole receipt.
    private static string PreferredOf(HttpRequest request)
    {
        if (!MediaTypeHeaderValue.TryParseList(request.Headers.Accept, out var accepted))
        {
            return Cbor;
        }

        return new[] { Cbor, Json, Cose }.MaxBy(type => QualityOf(type, accepted))!;
    }

    // The most specific range that covers the type says how much it is wanted.
    private static double QualityOf(string type, IList<MediaTypeHeaderValue> accepted)
    {
        var own = new MediaTypeHeaderValue(type);
        var range = accepted.Where(own.IsSubsetOf).OrderBy(r => r.MatchesAllTypes ? 2 : r.MatchesAllSubTypes ? 1 : 0).FirstOrDefault();
        return range is null ? 0 : range.Quality ?? 1;
    }
}
