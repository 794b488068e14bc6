using System.Buffers;
using System.IO.Pipelines;
using Dems.Contracts.Submission;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;

namespace Dems.Ingest.Http;

/// <summary>
/// <c>POST /v1/batches</c>: one signed message, or several as a CBOR sequence. 202 with content ids and promises, 200 once all are final. Whoever sends is known by
/// the signatures; sending the same again is answered like the first time, at this member or at another.
/// </summary>
internal static class BatchEndpoint
{
    /// <summary>Longest body: 4 MiB.</summary>
    public const int MaxBodyBytes = 4 * 1024 * 1024;

    private const string MediaType = "application/cose";
    private const string SequenceMediaType = "application/cbor-seq";

    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/v1/batches", PostAsync)
        .WithTags("batches")
        .WithSummary("Submits signed entries: batches of readings, registrations, delegations.")
        .Accepts<byte[]>(MediaType, SequenceMediaType)
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status409Conflict)
        .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
        .ProducesProblem(StatusCodes.Status415UnsupportedMediaType)
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
        .ProducesProblem(StatusCodes.Status429TooManyRequests)
        .ProducesProblem(StatusCodes.Status503ServiceUnavailable);

    private static async Task<Results<Accepted<BatchesAnswer>, Ok<BatchesAnswer>, ProblemHttpResult>> PostAsync(
        HttpContext context, BatchIntake intake, CancellationToken cancellationToken, string? wait = null)
    {
        var durability = Durability.Promise;
        if (wait is not null && (!Enum.TryParse(wait, ignoreCase: true, out durability) || !Enum.IsDefined(durability)))
        {
            return IntakeProblems.WrongWait(wait);
        }

        if (!IsCose(context.Request.ContentType))
        {
            return IntakeProblems.UnsupportedMediaType();
        }

        if (context.Request.ContentLength > MaxBodyBytes || await ReadAsync(context.Request.BodyReader, cancellationToken) is not { } body)
        {
            return IntakeProblems.TooLarge($"A request may have at most {MaxBodyBytes} bytes. Send the messages in several.");
        }

        if (!CborSequence.TrySplit(body, SubmitGroup.MaxEntries, out var messages, out var error))
        {
            return IntakeProblems.Malformed(error);
        }

        if (!intake.TryOpen(messages, out var entries, out var problem))
        {
            return IntakeProblems.NotOpened(problem!);
        }

        var results = await intake.SubmitAsync(entries, durability, cancellationToken);
        if (IntakeProblems.Of(results, context.Response) is { } refusal)
        {
            return refusal;
        }

        var isFinal = results.All(r => r.OrderedIndex is not null);
        var answer = new BatchesAnswer(isFinal ? "final" : durability == Durability.Local ? "local" : "promise", [.. results.Select(BatchAnswer.Of)]);
        return isFinal ? TypedResults.Ok(answer) : TypedResults.Accepted((string?)null, answer);
    }

    private static bool IsCose(string? contentType) =>
        MediaTypeHeaderValue.TryParse(contentType, out var type)
        && (type.MediaType.Equals(MediaType, StringComparison.OrdinalIgnoreCase) || type.MediaType.Equals(SequenceMediaType, StringComparison.OrdinalIgnoreCase));

    /// <summary>The whole body; null when it is longer than allowed.</summary>
    private static async Task<byte[]?> ReadAsync(PipeReader reader, CancellationToken cancellationToken)
    {
        while (true)
        {
            var result = await reader.ReadAsync(cancellationToken);
            if (result.Buffer.Length > MaxBodyBytes)
            {
                return null;
            }

            if (result.IsCompleted)
            {
                var body = result.Buffer.ToArray();
                reader.AdvanceTo(result.Buffer.End);
                return body;
            }

            reader.AdvanceTo(result.Buffer.Start, result.Buffer.End);
        }
    }
}
