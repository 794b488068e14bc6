using System.ComponentModel;
using Dems.Api.Answers;
using Dems.Api.OpenApi;
using Dems.Contracts.Queries;
using Dems.Core.Energy;
using Dems.ServiceDefaults.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Dems.Api.Endpoints;

/// <summary>Energy nodes and their final readings.</summary>
internal static class NodeEndpoints
{
    internal const int DefaultNodes = 100;
    internal const int MaxNodes = 1_000;
    internal const int DefaultReadings = 1_000;
    internal const int MaxReadings = 10_000;

    public static void Map(RouteGroupBuilder v1)
    {
        var nodes = v1.MapGroup("/nodes").WithTags("nodes");
        nodes.MapGet("", NodesAsync)
            .WithName("listNodes")
            .WithSummary("Nodes with final readings.")
            .WithDescription("By address, with the number of their readings and the time these cover.")
            .ProducesProblem(StatusCodes.Status400BadRequest);
        nodes.MapGet("/{address}", NodeAsync)
            .WithName("getNode")
            .WithSummary("A registered node.")
            .WithDescription("Its metering point, party, contract and sources, as of the newest block.")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound);
        nodes.MapGet("/{address}/readings", ReadingsAsync)
            .WithName("listReadings")
            .WithSummary("Final readings of a node.")
            .WithDescription("Readings whose interval starts in [from, to), each with the entry on the chain that brought it. Only the highest revision, unless all are asked for. Marks of this member's plausibility rules say what is doubtful; they decide nothing.")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<Results<Cacheable<NodePage>, Problem>> NodesAsync(
        IReadingQueries queries,
        [FromQuery, Description("Most nodes of the answer."), WholeNumber(1, MaxNodes, DefaultNodes)] string? limit,
        [FromQuery, Description("Where to go on: `next` of the part before.")] string? cursor,
        CancellationToken cancellationToken)
    {
        if (!QueryValue.TryWhole(nameof(limit), limit, 1, MaxNodes, DefaultNodes, out var count, out var problem))
        {
            return problem!;
        }

        var after = default(NodeAddress);
        if (cursor is not null && !Cursor.TryParse(cursor, out after))
        {
            return NotACursor();
        }

        // One more than wanted tells whether there is a next part.
        var nodes = await queries.NodesAsync(after, (int)count + 1, cancellationToken);
        var page = nodes.Take((int)count).ToList();
        return Cached.Never(new NodePage(page, nodes.Count > count ? Cursor.Of(AddressOf(page[^1])) : null));
    }

    private static async Task<Results<Cacheable<NodeView>, Problem>> NodeAsync(
        ILedgerQueries queries, [Description("The node's address in bech32, `dems1…`.")] string address, CancellationToken cancellationToken)
    {
        if (!QueryValue.TryAddress(nameof(address), address, out var node, out var problem))
        {
            return problem!;
        }

        return await queries.NodeAsync(node, cancellationToken) is { } view
            ? Cached.Never(Shown(view))
            : Unknown(address);
    }

    /// <summary>A node in the API's own words.</summary>
    internal static NodeView Shown(NodeView view) =>
        view with { Sources = [.. view.Sources.Select(s => s with { Carrier = Words.Of(s.Carrier), Kind = Words.Of(s.Kind) })] };

    private static async Task<Results<Cacheable<ReadingsPage>, Problem>> ReadingsAsync(
        ILedgerQueries ledger,
        IReadingQueries queries,
        [Description("The node's address in bech32, `dems1…`.")] string address,
        [FromQuery, Description("Earliest interval start; the first reading if absent."), Instant] string? from,
        [FromQuery, Description("First interval start no longer wanted; no end if absent."), Instant] string? to,
        [FromQuery, Description("One register; all if absent."), OneOf(typeof(Register))] string? register,
        [FromQuery, Description("`all` for superseded revisions too; `latest` is the default."), OneOf("latest", "all")] string? revisions,
        [FromQuery, Description("`plausible` or `implausible` for those without or with marks only; `all` is the default."), OneOf("all", "plausible", "implausible")] string? plausibility,
        [FromQuery, Description("Most readings of the answer."), WholeNumber(1, MaxReadings, DefaultReadings)] string? limit,
        [FromQuery, Description("Where to go on: `next` of the part before.")] string? cursor,
        CancellationToken cancellationToken)
    {
        if (!QueryValue.TryAddress(nameof(address), address, out var node, out var problem)
            || !QueryValue.TryInstant(nameof(from), from, 0, out var first, out problem)
            || !QueryValue.TryInstant(nameof(to), to, Reading.MaxStart + 1, out var end, out problem)
            || !QueryValue.TryRegister(nameof(register), register, out var one, out problem)
            || !QueryValue.TryWhole(nameof(limit), limit, 1, MaxReadings, DefaultReadings, out var count, out problem))
        {
            return problem!;
        }

        if (end < first)
        {
            return Problems.InvalidParameter(nameof(to), "lies before from");
        }

        if (revisions is not (null or "latest" or "all"))
        {
            return Problems.InvalidParameter(nameof(revisions), $"must be latest or all, not '{revisions}'");
        }

        if (plausibility is not (null or "all" or "plausible" or "implausible"))
        {
            return Problems.InvalidParameter(nameof(plausibility), $"must be all, plausible or implausible, not '{plausibility}'");
        }

        var last = default(ReadingPosition);
        if (cursor is not null && !Cursor.TryParse(cursor, out last))
        {
            return NotACursor();
        }

        var query = new ReadingQuery(node, first, end, one, revisions is "all", cursor is null ? null : last, (int)count)
        {
            Implausible = plausibility is null or "all" ? null : plausibility == "implausible",
        };
        var page = await queries.ReadingsAsync(query, cancellationToken);
        if (page.Readings.Count == 0 && await ledger.NodeAsync(node, cancellationToken) is null)
        {
            return Unknown(address);
        }

        return Cached.Never(new ReadingsPage(
            [.. page.Readings.Select(r => r with { Register = Words.Of(r.Register), Quality = Words.Of(r.Quality), Plausibility = [.. r.Plausibility.Select(Words.Of)] })],
            page.Next is { } next ? Cursor.Of(next) : null,
            page.ThroughHeight));
    }

    private static NodeAddress AddressOf(NodeSummary node) =>
        NodeAddress.TryParse(node.Address, out var address, out var error) ? address : throw new InvalidOperationException($"The queries gave an address that is none: {error}.");

    private static Problem NotACursor() => Problems.InvalidParameter("cursor", "is not one that this endpoint gave; start without one");

    private static Problem Unknown(string address) => Problems.NotFound("node", $"No node {address} is registered on a chain that is kept here.");
}
