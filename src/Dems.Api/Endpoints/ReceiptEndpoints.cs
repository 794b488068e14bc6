using System.ComponentModel;
using Dems.Api.Answers;
using Dems.Api.OpenApi;
using Dems.Contracts.Queries;
using Dems.Contracts.Receipts;
using Dems.Core.Energy;
using Dems.ServiceDefaults.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.AspNetCore.Routing;
using Microsoft.OpenApi;

namespace Dems.Api.Endpoints;

/// <summary>Receipts: what a member gives away, so that it need not be asked, or believed, again.</summary>
internal static class ReceiptEndpoints
{
    public static void Map(RouteGroupBuilder v1) => v1.MapGet("/chains/{pool}/entries/{entry}/receipt", ReceiptAsync)
        .WithTags("proofs")
        .WithName("getReceipt")
        .WithSummary("A receipt of a final entry, or of one reading of a batch.")
        .WithDescription(
            "Self-contained: who holds the genesis document can check it offline (docs/receipts.md, `dems receipt verify`). With `register` and `start` it shows that one " +
            "reading and hides the rest of the batch. The whole receipt is CBOR; as JSON it comes in base64; `application/cose` gives the bare COSE Receipt of RFC 9942.")
        .Produces<ReceiptView>(StatusCodes.Status200OK, ReceiptReply.Json)
        .AddOpenApiOperationTransformer(DescribeAsync)
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status503ServiceUnavailable);

    private static async Task<IResult> ReceiptAsync(
        HttpContext context,
        ILedgerQueries queries,
        IReceiptDesk desk,
        [Description("Name of the pool whose chain it is.")] string pool,
        [Description("Index on the chain from 0, or in 64 hexadecimal digits the content id or leaf hash.")] string entry,
        [FromQuery, Description("Register of the one reading to show; with `start`."), OneOf(typeof(Register))] string? register,
        [FromQuery, Description("Interval start of the one reading to show; with `register`."), Instant] string? start,
        CancellationToken cancellationToken)
    {
        if (!Pools.IsKnown(queries, pool))
        {
            return Pools.Unknown(pool);
        }

        if (!EntryName.TryParse(entry, out var name))
        {
            return Problems.InvalidParameter(nameof(entry), $"must be an index, or 64 hexadecimal digits of a content id or leaf hash, not '{entry}'");
        }

        if (!QueryValue.TryRegister(nameof(register), register, out var one, out var problem)
            || !QueryValue.TryInstant(nameof(start), start, 0, out var second, out problem))
        {
            return problem!;
        }

        if (one is null != start is null)
        {
            return Problems.InvalidParameter(one is null ? nameof(register) : nameof(start), "is missing; one reading is named by both, register and start");
        }

        var answer = await desk.IssueAsync(pool, name, one is { } known ? new ReadingChoice(known, second) : null, cancellationToken);
        return answer.Standing switch
        {
            ReceiptStanding.Issued => ReceiptReply.Of(context, answer),
            ReceiptStanding.NotYet => Problems.Unavailable($"Entry {entry} is final, but the block that commits to its result is not here yet. Ask again."),
            ReceiptStanding.NoSuchReading => Problems.NotFound("reading", $"Entry {entry} is no batch that holds {register} from {start}."),
            _ => Problems.NotFound("entry", $"The chain of pool '{pool}' has no entry {entry} here yet."),
        };
    }

    // What the types of the endpoint cannot say: the binary forms.
    private static Task DescribeAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        if (operation.Responses?.TryGetValue("200", out var ok) == true && ok.Content is { } content)
        {
            content[ReceiptReply.Cbor] = Binary("The whole receipt.");
            content[ReceiptReply.Cose] = Binary("The COSE Receipt of RFC 9942 alone.");
        }

        return Task.CompletedTask;
    }

    private static OpenApiMediaType Binary(string description) =>
        new() { Schema = new OpenApiSchema { Type = JsonSchemaType.String, Format = "binary", Description = description } };
}
