using Dems.Api.Problems;
using Dems.Contracts.Queries;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Dems.Api.Endpoints;

/// <summary>Proofs of RFC 9162 over the entries of a chain.</summary>
internal static class ProofEndpoints
{
    public static void Map(RouteGroupBuilder v1)
    {
        var proofs = v1.MapGroup("/chains/{pool}/proofs").WithTags("proofs");
        proofs.MapGet("/inclusion", InclusionAsync).WithSummary("Shows that an entry stands in the tree of a size; without a size, of the newest block.")
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status404NotFound);
        proofs.MapGet("/consistency", ConsistencyAsync).WithSummary("Shows that a larger tree only appended to a smaller one.")
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<Results<Ok<InclusionProofView>, StatusCodeHttpResult, ProblemHttpResult>> InclusionAsync(
        string pool, string entry, long? size, ILedgerQueries queries, HttpContext context, CancellationToken cancellationToken)
    {
        if (!EntryName.TryParse(entry, out var name))
        {
            return ProblemTypes.Invalid("entry", "an entry is named by its index, or by 64 hexadecimal digits: its content id or its leaf hash");
        }

        var index = name.Index ?? (await queries.EntryAsync(pool, name, cancellationToken))?.Index;
        var treeSize = size ?? (await queries.HeadAsync(pool, cancellationToken))?.TreeSize ?? 0;
        if (index is not { } place || await queries.InclusionAsync(pool, place, treeSize, cancellationToken) is not { } proof)
        {
            return ProblemTypes.NotFound($"entry {entry} in the tree of {treeSize} entries of pool '{pool}'");
        }

        if (size is not null && Immutable.IsKnown(context, $"{proof.Leaf}-{proof.TreeSize}"))
        {
            return TypedResults.StatusCode(StatusCodes.Status304NotModified);
        }

        return TypedResults.Ok(proof);
    }

    private static async Task<Results<Ok<ConsistencyProofView>, StatusCodeHttpResult, ProblemHttpResult>> ConsistencyAsync(
        string pool, long first, long second, ILedgerQueries queries, HttpContext context, CancellationToken cancellationToken)
    {
        if (await queries.ConsistencyAsync(pool, first, second, cancellationToken) is not { } proof)
        {
            return ProblemTypes.NotFound($"pair of trees of {first} and {second} entries in pool '{pool}', the first not empty and not larger than the second");
        }

        return Immutable.IsKnown(context, $"{proof.FirstRoot}-{proof.SecondRoot}") ? TypedResults.StatusCode(StatusCodes.Status304NotModified) : TypedResults.Ok(proof);
    }
}
