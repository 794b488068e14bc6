using Dems.Api.Problems;
using Dems.Contracts.Queries;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Dems.Api.Endpoints;

/// <summary>Chains, blocks and entries.</summary>
internal static class ChainEndpoints
{
    public static void Map(RouteGroupBuilder v1)
    {
        var chains = v1.MapGroup("/chains").WithTags("chains");
        chains.MapGet("/", Chains).WithSummary("Chains of the network: one for each pool.");
        chains.MapGet("/{pool}/head", HeadAsync).WithSummary("Where this member's copy stands.").ProducesProblem(StatusCodes.Status404NotFound);
        chains.MapGet("/{pool}/blocks/{height:long}", BlockAsync).WithSummary("A final block with its certificate.").ProducesProblem(StatusCodes.Status404NotFound);
        chains.MapGet("/{pool}/entries/{name}", EntryAsync).WithSummary("An ordered entry by index, content id or leaf hash.")
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static Ok<IReadOnlyList<ChainView>> Chains(ILedgerQueries queries) => TypedResults.Ok(queries.Chains);

    private static async Task<Results<Ok<HeadView>, ProblemHttpResult>> HeadAsync(string pool, ILedgerQueries queries, CancellationToken cancellationToken) =>
        await queries.HeadAsync(pool, cancellationToken) is { } head ? TypedResults.Ok(head) : ProblemTypes.NotFound($"pool '{pool}'");

    private static async Task<Results<Ok<BlockView>, StatusCodeHttpResult, ProblemHttpResult>> BlockAsync(
        string pool, long height, ILedgerQueries queries, HttpContext context, CancellationToken cancellationToken)
    {
        if (await queries.BlockAsync(pool, height, cancellationToken) is not { } block)
        {
            return ProblemTypes.NotFound($"block {height} in pool '{pool}'");
        }

        // Members may hold different sets of q signatures for one block, so the tag covers the certificate too.
        return Immutable.IsKnown(context, $"{block.Hash}-{block.Certificate.Round}-{string.Join('.', block.Certificate.Signatures.Select(s => s.Validator))}")
            ? TypedResults.StatusCode(StatusCodes.Status304NotModified)
            : TypedResults.Ok(block);
    }

    private static async Task<Results<Ok<EntryView>, StatusCodeHttpResult, ProblemHttpResult>> EntryAsync(
        string pool, string name, ILedgerQueries queries, HttpContext context, CancellationToken cancellationToken)
    {
        if (!EntryName.TryParse(name, out var parsed))
        {
            return ProblemTypes.Invalid("name", "an entry is named by its index, or by 64 hexadecimal digits: its content id or its leaf hash");
        }

        if (await queries.EntryAsync(pool, parsed, cancellationToken) is not { } entry)
        {
            return ProblemTypes.NotFound($"final entry {name} in pool '{pool}'");
        }

        return Immutable.IsKnown(context, entry.Leaf) ? TypedResults.StatusCode(StatusCodes.Status304NotModified) : TypedResults.Ok(entry);
    }
}
