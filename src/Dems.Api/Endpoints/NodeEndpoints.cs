using Dems.Api.Problems;
using Dems.Contracts.Queries;
using Dems.Core.Energy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Dems.Api.Endpoints;

/// <summary>Energy nodes and their final readings.</summary>
internal static class NodeEndpoints
{
    private const int DefaultLimit = 1_000;
    private const int MaxLimit = 10_000;

    public static void Map(RouteGroupBuilder v1)
    {
        var nodes = v1.MapGroup("/nodes").WithTags("nodes");
        nodes.MapGet("/", NodesAsync).WithSummary("Nodes with final readings, by address.").ProducesProblem(StatusCodes.Status400BadRequest);
        nodes.MapGet("/{address}", NodeAsync).WithSummary("A registered node.")
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status404NotFound);
        nodes.MapGet("/{address}/readings", ReadingsAsync).WithSummary("Final readings of a node, by interval start.")
            .ProducesProblem(StatusCodes.Status400BadRequest);
    }

    private static async Task<Results<Ok<Page<NodeSummary>>, ProblemHttpResult>> NodesAsync(
        IReadingQueries queries, CancellationToken cancellationToken, string? after = null, int limit = DefaultLimit)
    {
        var address = default(NodeAddress);
        if (after is not null && !NodeAddress.TryParse(after, out address, out var error))
        {
            return ProblemTypes.Invalid("after", error);
        }

        if (limit is < 1 or > MaxLimit)
        {
            return ProblemTypes.Invalid("limit", $"must lie between 1 and {MaxLimit}");
        }

        var nodes = await queries.NodesAsync(address, limit, cancellationToken);
        return TypedResults.Ok(new Page<NodeSummary>(nodes, nodes.Count == limit ? nodes[^1].Address : null));
    }

    private static async Task<Results<Ok<NodeView>, ProblemHttpResult>> NodeAsync(string address, ILedgerQueries queries, CancellationToken cancellationToken)
    {
        if (!NodeAddress.TryParse(address, out var node, out var error))
        {
            return ProblemTypes.Invalid("address", error);
        }

        return await queries.NodeAsync(node, cancellationToken) is { } view ? TypedResults.Ok(view) : ProblemTypes.NotFound($"node {address}");
    }

    private static async Task<Results<Ok<Page<ReadingView>>, ProblemHttpResult>> ReadingsAsync(
        string address,
        IReadingQueries queries,
        CancellationToken cancellationToken,
        DateTimeOffset? from = null,
        DateTimeOffset? to = null,
        Register? register = null,
        bool revisions = false,
        string? cursor = null,
        int limit = DefaultLimit)
    {
        if (!NodeAddress.TryParse(address, out var node, out var error))
        {
            return ProblemTypes.Invalid("address", error);
        }

        if (limit is < 1 or > MaxLimit)
        {
            return ProblemTypes.Invalid("limit", $"must lie between 1 and {MaxLimit}");
        }

        ReadingPosition? after = null;
        if (cursor is not null)
        {
            if (!ReadingCursorText.TryParse(cursor, out var position))
            {
                return ProblemTypes.Invalid("cursor", "is not one that this API gave");
            }

            after = position;
        }

        var query = new ReadingQuery(
            node, from?.ToUnixTimeSeconds() ?? 0, to?.ToUnixTimeSeconds() ?? Reading.MaxStart, register, revisions, after, limit);
        var page = await queries.ReadingsAsync(query, cancellationToken);
        return TypedResults.Ok(new Page<ReadingView>(page.Readings, page.Next is { } next ? ReadingCursorText.Write(next) : null));
    }
}
