using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Dems.Ingest.Http;

/// <summary>Receipts as the whole answer, for devices that read no JSON: a CBOR sequence (RFC 8742), one receipt per entry in the order of the request.</summary>
internal static class ReceiptSequence
{
    /// <summary>Whether the caller asks for nothing but that.</summary>
    public static bool IsWanted(HttpRequest request) =>
        MediaTypeHeaderValue.TryParseList(request.Headers.Accept, out var accepted)
        && accepted.Any(type => type.MediaType.Equals(CoseMediaTypes.CborSequence, StringComparison.OrdinalIgnoreCase));

    /// <summary>The receipts, if every entry is final with a receipt and none was refused; anything else is answered in JSON, which says what it is.</summary>
    public static bool TryMake(IReadOnlyList<EntryAnswer> answers, [NotNullWhen(true)] out IResult? receipts)
    {
        var complete = answers.All(answer => answer is { Outcome: Standing.Final, Position.Receipt: not null });
        receipts = complete ? TypedResults.Bytes(answers.SelectMany(answer => answer.Position!.Receipt!).ToArray(), CoseMediaTypes.CborSequence) : null;
        return complete;
    }
}
