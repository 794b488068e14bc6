using System.ComponentModel;
using Dems.Api.Answers;
using Dems.Api.OpenApi;
using Dems.Contracts.Queries;
using Dems.ServiceDefaults.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Dems.Api.Endpoints;

/// <summary>Chains, blocks and entries.</summary>
internal static class ChainEndpoints
{
    public static void Map(RouteGroupBuilder v1)
    {
        var chains = v1.MapGroup("/chains").WithTags("chains");
        chains.MapGet("", Chains)
            .WithName("listChains")
            .WithSummary("The chains of the network.")
            .WithDescription("One chain for each pool, in the order of genesis.")
            .ProducesProblem(StatusCodes.Status400BadRequest);
        chains.MapGet("/{pool}/head", HeadAsync)
            .WithName("getHead")
            .WithSummary("Where this member's copy of a chain stands.")
            .WithDescription("Height, tree size and state root of the newest final block, and how the replica is.")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound);
        chains.MapGet("/{pool}/blocks/{height}", BlockAsync)
            .WithName("getBlock")
            .WithSummary("A final block.")
            .WithDescription("Its header, the leaf hashes of its entries and the certificate that makes it final. It never changes.")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound);
        chains.MapGet("/{pool}/entries/{entry}", EntryAsync)
            .WithName("getEntry")
            .WithSummary("A final entry.")
            .WithDescription("The signed bytes with their place on the chain, and what became of them when the block was executed: an entry that is ordered may still be refused. It never changes once the outcome is there.")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound);
        chains.MapGet("/{pool}/node", NodeAsync)
            .WithName("findNode")
            .WithSummary("The node of a metering point.")
            .WithDescription("The node that holds a metering-point id on this chain, as of the newest executed block.")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static Cacheable<ChainList> Chains(ILedgerQueries queries) => Cached.Never(new ChainList(queries.Chains));

    private static async Task<Results<Cacheable<HeadView>, Problem>> HeadAsync(
        ILedgerQueries queries, [Description("Name of the pool whose chain it is.")] string pool, CancellationToken cancellationToken) =>
        await queries.HeadAsync(pool, cancellationToken) is { } head ? Cached.Never(head) : Pools.Unknown(pool);

    private static async Task<Results<Cacheable<BlockView>, Problem>> BlockAsync(
        ILedgerQueries queries,
        [Description("Name of the pool whose chain it is.")] string pool,
        [Description("Height of the block; the first is 1."), WholeNumber(1)] string height,
        CancellationToken cancellationToken)
    {
        if (!Pools.IsKnown(queries, pool))
        {
            return Pools.Unknown(pool);
        }

        if (!QueryValue.TryWhole(nameof(height), height, 1, long.MaxValue, null, out var number, out var problem))
        {
            return problem!;
        }

        return await queries.BlockAsync(pool, number, cancellationToken) is { } block
            ? Cached.Forever(block)
            : Problems.NotFound("block", $"The chain of pool '{pool}' has no block {number} here yet.");
    }

    private static async Task<Results<Cacheable<EntryView>, Problem>> EntryAsync(
        ILedgerQueries queries,
        [Description("Name of the pool whose chain it is.")] string pool,
        [Description("Index on the chain from 0, or in 64 hexadecimal digits the content id or leaf hash.")] string entry,
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

        return await queries.EntryAsync(pool, name, cancellationToken) is { } found
            ? Shown(found)
            : Problems.NotFound("entry", $"The chain of pool '{pool}' has no entry {entry} here yet.");
    }

    /// <summary>An entry in the API's own words. What became of it is known a moment after its place.</summary>
    private static Cacheable<EntryView> Shown(EntryView entry)
    {
        var view = entry with { Kind = Words.Of(entry.Kind) };
        return view.Outcome is null ? Cached.Never(view) : Cached.Forever(view);
    }

    private static async Task<Results<Cacheable<NodeView>, Problem>> NodeAsync(
        ILedgerQueries queries,
        [Description("Name of the pool whose chain it is.")] string pool,
        [FromQuery, Description("Official id of the metering point, as registered."), RequiredText] string? meteringPoint,
        CancellationToken cancellationToken)
    {
        if (!Pools.IsKnown(queries, pool))
        {
            return Pools.Unknown(pool);
        }

        if (string.IsNullOrEmpty(meteringPoint))
        {
            return Problems.InvalidParameter(nameof(meteringPoint), "is missing; give the official id of a metering point");
        }

        return await queries.FindMeteringPointAsync(pool, meteringPoint, cancellationToken) is { } address
            && await queries.NodeAsync(address, cancellationToken) is { } node
                ? Cached.Never(NodeEndpoints.Shown(node))
                : Problems.NotFound("node", $"No node of pool '{pool}' holds the metering point '{meteringPoint}'.");
    }
}
