using System.ComponentModel;
using Dems.Api.OpenApi;
using Dems.Contracts.Queries;
using Dems.ServiceDefaults.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Dems.Api.Endpoints;

/// <summary>Proofs of RFC 9162 over the entries of a chain. A root is worth believing once a certified header names it with the same size.</summary>
internal static class ProofEndpoints
{
    public static void Map(RouteGroupBuilder v1)
    {
        var proofs = v1.MapGroup("/chains/{pool}/proofs").WithTags("proofs");
        proofs.MapGet("/inclusion", InclusionAsync)
            .WithName("proveInclusion")
            .WithSummary("Proves that an entry is on the chain.")
            .WithDescription("RFC 9162 §2.1.3: the path from the entry's leaf to the root of the tree of a size. A block's header names size and root.")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        proofs.MapGet("/consistency", ConsistencyAsync)
            .WithName("proveConsistency")
            .WithSummary("Proves that the chain was only appended to.")
            .WithDescription("RFC 9162 §2.1.4: the tree of the larger size extends that of the smaller one.")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
    }

    private static async Task<Results<Cacheable<InclusionProofView>, Problem>> InclusionAsync(
        ILedgerQueries queries,
        [Description("Name of the pool whose chain it is.")] string pool,
        [FromQuery, Description("Place of the entry on the chain, from 0."), WholeNumber(0, Required = true)] string? index,
        [FromQuery, Description("Size of the tree to prove against; that of the newest block if absent."), WholeNumber(1)] string? size,
        CancellationToken cancellationToken)
    {
        if (!Pools.IsKnown(queries, pool))
        {
            return Pools.Unknown(pool);
        }

        if (!QueryValue.TryWhole(nameof(index), index, 0, long.MaxValue, null, out var place, out var problem)
            || !QueryValue.TryWhole(nameof(size), size, 1, long.MaxValue, 0, out var leaves, out problem))
        {
            return problem!;
        }

        if (size is null && !TryNewest(await queries.HeadAsync(pool, cancellationToken), pool, out leaves, out problem))
        {
            return problem!;
        }

        if (size is not null && place >= leaves)
        {
            return Problems.InvalidParameter(nameof(index), $"must lie below the size {leaves}, not at {place}");
        }

        if (await queries.InclusionAsync(pool, place, leaves, cancellationToken) is not { } proof)
        {
            return Problems.NotFound("proof", $"The chain of pool '{pool}' has no entry {place} in a tree of {leaves} here yet.");
        }

        return size is null ? Cached.Never(proof) : Cached.Forever(proof);
    }

    private static async Task<Results<Cacheable<ConsistencyProofView>, Problem>> ConsistencyAsync(
        ILedgerQueries queries,
        [Description("Name of the pool whose chain it is.")] string pool,
        [FromQuery, Description("Size of the smaller tree."), WholeNumber(1, Required = true)] string? from,
        [FromQuery, Description("Size of the larger tree; that of the newest block if absent."), WholeNumber(1)] string? to,
        CancellationToken cancellationToken)
    {
        if (!Pools.IsKnown(queries, pool))
        {
            return Pools.Unknown(pool);
        }

        if (!QueryValue.TryWhole(nameof(from), from, 1, long.MaxValue, null, out var smaller, out var problem)
            || !QueryValue.TryWhole(nameof(to), to, 1, long.MaxValue, 0, out var larger, out problem))
        {
            return problem!;
        }

        if (to is null && !TryNewest(await queries.HeadAsync(pool, cancellationToken), pool, out larger, out problem))
        {
            return problem!;
        }

        if (to is not null && smaller > larger)
        {
            return Problems.InvalidParameter(nameof(from), $"must not be larger than to, {larger}");
        }

        if (await queries.ConsistencyAsync(pool, smaller, larger, cancellationToken) is not { } proof)
        {
            return Problems.NotFound("proof", $"The chain of pool '{pool}' has no trees of {smaller} and {larger} entries here yet.");
        }

        return to is null ? Cached.Never(proof) : Cached.Forever(proof);
    }

    private static bool TryNewest(HeadView? head, string pool, out long size, out Problem? problem)
    {
        size = head?.TreeSize ?? 0;
        problem = head is { Running: true } ? null : Problems.Unavailable($"The chain of pool '{pool}' does not run here now, so that its newest size is not known; name a size.");
        return problem is null;
    }
}
