using Dems.ServiceDefaults.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Dems.Ingest.Http;

/// <summary>Media types of signed entries (RFC 9052 §11.3.1, RFC 8742 §6).</summary>
internal static class CoseMediaTypes
{
    public const string Cose = "application/cose";
    public const string CborSequence = "application/cbor-seq";

    private const string Accepted = $"{Cose}, {CborSequence}";
    private const string CoseSign1 = "cose-sign1";

    /// <summary>Null if the body is said to be signed messages in the clear; otherwise what to send instead.</summary>
    public static Problem? Check(HttpRequest request)
    {
        if (request.Headers.ContentEncoding.Count > 0)
        {
            return Problems.UnsupportedMediaType($"Content-Encoding '{request.Headers.ContentEncoding}' is not taken; send the body as it is.", Accepted);
        }

        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type))
        {
            return Problems.UnsupportedMediaType($"Name the body's media type: {Cose} for one COSE_Sign1 message or several one after the other.", Accepted);
        }

        if (Is(type.MediaType, CborSequence))
        {
            return null;
        }

        if (!Is(type.MediaType, Cose))
        {
            return Problems.UnsupportedMediaType($"'{type.MediaType}' is not taken; send {Cose}.", Accepted);
        }

        var parameter = type.Parameters.FirstOrDefault(p => Is(p.Name, "cose-type"))?.GetUnescapedValue();
        return parameter is null || Is(parameter.Value, CoseSign1)
            ? null
            : Problems.UnsupportedMediaType($"cose-type '{parameter}' is not taken; send COSE_Sign1 messages.", Accepted);
    }

    private static bool Is(Microsoft.Extensions.Primitives.StringSegment text, string name) => text.Equals(name, StringComparison.OrdinalIgnoreCase);
}
