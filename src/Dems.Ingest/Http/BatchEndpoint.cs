using System.ComponentModel;
using Dems.Core.Ledger.Encoding;
using Dems.ServiceDefaults.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;

namespace Dems.Ingest.Http;

/// <summary>
/// <c>POST /v1/batches</c>: one signed message, or several as a CBOR sequence. Who sends is known by the signatures; sending the same again is answered like
/// the first time, here or at another member.
/// </summary>
internal static class BatchEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/v1/batches", PostAsync)
        .RefuseUnknownQuery()
        .WithName("submitEntries")
        .WithTags("ingest")
        .WithSummary("Submits signed entries: batches of readings, registrations, delegations.")
        .WithDescription(
            "The body is one COSE_Sign1 message (ES256, docs/format.md) or a CBOR sequence of several. Entries are judged one by one: good ones are kept, whatever " +
            "stands beside them. Without problems the answer is 202 with the promises of f + 1 members, or 200 if all entries are final. Sending the same request " +
            "again is safe, at this member or at another, and is answered like the first time.")
        .Produces<BatchAnswer>(StatusCodes.Status200OK)
        .Produces<BatchAnswer>(StatusCodes.Status202Accepted)
        .AddOpenApiOperationTransformer(BatchOpenApi.DescribeAsync)
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status409Conflict)
        .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
        .ProducesProblem(StatusCodes.Status415UnsupportedMediaType)
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
        .ProducesProblem(StatusCodes.Status429TooManyRequests)
        .ProducesProblem(StatusCodes.Status503ServiceUnavailable);

    private static async Task<IResult> PostAsync(
        HttpRequest request,
        BatchIntake intake,
        IOptions<HttpIngestOptions> options,
        [FromQuery, Description("What to wait for: `promise` (f + 1 members, the default), `local` (this member's disk only) or `final` (the block, within a bound).")] string? wait,
        CancellationToken cancellationToken)
    {
        if (!TryReadWait(wait, out var durability))
        {
            return Problems.InvalidParameter("wait", $"must be promise, local or final, not '{wait}'");
        }

        if (CoseMediaTypes.Check(request) is { } unsupported)
        {
            return unsupported;
        }

        var bounds = options.Value;
        if (await BoundedBody.ReadAsync(request, bounds.MaxBodyBytes, cancellationToken) is not { } body)
        {
            return Problems.TooLarge($"A request may have {bounds.MaxBodyBytes} bytes. Nothing was kept; send the entries in several requests.", bounds.MaxBodyBytes);
        }

        var messages = new List<ReadOnlyMemory<byte>>();
        if (CborSequence.Split(body, bounds.MaxEntries, messages) is { } fault)
        {
            return fault.Reason.Length == 0
                ? Problems.TooManyEntries(bounds.MaxEntries)
                : Problems.InvalidBody($"Entry {fault.Item}, at byte {fault.Offset}, is not one CBOR item: {fault.Reason} Nothing was kept.", fault.Item, fault.Offset);
        }

        if (messages.Count == 0)
        {
            return Problems.InvalidBody("The body is empty. Send at least one COSE_Sign1 message.", 0, 0);
        }

        if (await intake.TakeAsync(messages, durability, cancellationToken) is not { } answers)
        {
            return Problems.Busy("Too many requests wait to be checked. Nothing was kept; send this one again.");
        }

        return ReceiptSequence.IsWanted(request) && ReceiptSequence.TryMake(answers, out var receipts)
            ? receipts
            : BatchReply.Of(answers, durability, EntryEnvelope.MaxMessageBytes);
    }

    private static bool TryReadWait(string? text, out Durability wait)
    {
        (var known, wait) = text switch
        {
            null or "promise" => (true, Durability.Promise),
            "local" => (true, Durability.Local),
            "final" => (true, Durability.Final),
            _ => (false, default),
        };
        return known;
    }
}
