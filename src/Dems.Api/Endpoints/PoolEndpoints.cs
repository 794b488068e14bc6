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

/// <summary>Who shares what now, what the intervals gave, and what they wait for.</summary>
internal static class PoolEndpoints
{
    internal const int DefaultNodes = 100;
    internal const int MaxNodes = 1_000;
    internal const int DefaultIntervals = 96;
    internal const int MaxIntervals = 1_000;
    private const int DefaultDays = 7;

    public static void Map(RouteGroupBuilder v1)
    {
        var pools = v1.MapGroup("/pools/{pool}").WithTags("pools");
        pools.MapGet("", PoolAsync)
            .WithName("getPool")
            .WithSummary("How a pool shares.")
            .WithDescription("Its policies with the times from which they are in force, how long intervals wait, and the balance of those that corrections can still change.")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound);
        pools.MapGet("/balance", BalanceAsync)
            .WithName("getBalance")
            .WithSummary("What the pool's intervals gave.")
            .WithDescription("Sums over all carriers and all intervals that corrections can still change, and whether each of them conserved energy.")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound);
        pools.MapGet("/nodes", NodesAsync)
            .WithName("listPoolNodes")
            .WithSummary("Who shares what.")
            .WithDescription("All nodes of the pool in the order of registration: party, contract, sources with power limit and capacity.")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound);
        pools.MapGet("/intervals", IntervalsAsync)
            .WithName("listIntervals")
            .WithSummary("Intervals with their totals.")
            .WithDescription("Those of one carrier that start in [from, to) and that corrections can still change, ascending.")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound);
        pools.MapGet("/intervals/{start}", IntervalAsync)
            .WithName("getInterval")
            .WithSummary("What an interval gave each node.")
            .WithDescription("The newest allocation of an interval that corrections can still change.")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound);
        pools.MapGet("/missing", MissingAsync)
            .WithName("listMissing")
            .WithSummary("What has to be chased.")
            .WithDescription("Per node and register how many intervals of the newest days it does not cover, of those that somebody has sent readings for.")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<Results<Cacheable<PoolView>, Problem>> PoolAsync(
        IPoolQueries queries, [Description("Name of the pool.")] string pool, CancellationToken cancellationToken) =>
        await queries.PoolAsync(pool, cancellationToken) is { } view
            ? Cached.Never(view with { Policies = [.. view.Policies.Select(Shown)] })
            : Pools.Unknown(pool);

    private static async Task<Results<Cacheable<PoolBalance>, Problem>> BalanceAsync(
        ILedgerQueries queries, [Description("Name of the pool.")] string pool, CancellationToken cancellationToken) =>
        await queries.BalanceAsync(pool, cancellationToken) is { } balance ? Cached.Never(balance) : Pools.Unknown(pool);

    private static async Task<Results<Cacheable<PoolNodePage>, Problem>> NodesAsync(
        IPoolQueries queries,
        [Description("Name of the pool.")] string pool,
        [FromQuery, Description("Most nodes of the answer."), WholeNumber(1, MaxNodes, DefaultNodes)] string? limit,
        [FromQuery, Description("Where to go on: `next` of the part before.")] string? cursor,
        CancellationToken cancellationToken)
    {
        if (!QueryValue.TryWhole(nameof(limit), limit, 1, MaxNodes, DefaultNodes, out var count, out var problem))
        {
            return problem!;
        }

        var place = 0L;
        if (cursor is not null && (!Cursor.TryParsePoolNode(cursor, out place) || place is < 0 or > int.MaxValue))
        {
            return NotACursor();
        }

        // One more than wanted tells whether there is a next part.
        if (await queries.NodesAsync(pool, (int)place, (int)count + 1, cancellationToken) is not { } nodes)
        {
            return Pools.Unknown(pool);
        }

        return Cached.Never(new PoolNodePage([.. nodes.Take((int)count).Select(NodeEndpoints.Shown)], nodes.Count > count ? Cursor.OfPoolNode(place + count) : null));
    }

    private static async Task<Results<Cacheable<IntervalPage>, Problem>> IntervalsAsync(
        IPoolQueries queries,
        [Description("Name of the pool.")] string pool,
        [FromQuery, Description("The carrier; electricity if absent."), OneOf(typeof(Carrier))] string? carrier,
        [FromQuery, Description("Earliest start; the first interval if absent."), Instant] string? from,
        [FromQuery, Description("First start no longer wanted; no end if absent."), Instant] string? to,
        [FromQuery, Description("Most intervals of the answer."), WholeNumber(1, MaxIntervals, DefaultIntervals)] string? limit,
        [FromQuery, Description("Where to go on: `next` of the part before.")] string? cursor,
        CancellationToken cancellationToken)
    {
        if (!QueryValue.TryCarrier(nameof(carrier), carrier, out var one, out var problem)
            || !QueryValue.TryInstant(nameof(from), from, 0, out var first, out problem)
            || !QueryValue.TryInstant(nameof(to), to, Reading.MaxStart + 1, out var end, out problem)
            || !QueryValue.TryWhole(nameof(limit), limit, 1, MaxIntervals, DefaultIntervals, out var count, out problem))
        {
            return problem!;
        }

        var next = 0L;
        if (cursor is not null && !Cursor.TryParseInterval(cursor, out next))
        {
            return NotACursor();
        }

        if (await queries.IntervalsAsync(pool, one, Math.Max(first, next), end, (int)count + 1, cancellationToken) is not { } intervals)
        {
            return Pools.Unknown(pool);
        }

        return Cached.Never(new IntervalPage(
            [.. intervals.Take((int)count).Select(Shown)], intervals.Count > count ? Cursor.OfInterval(intervals[(int)count].Start.ToUnixTimeSeconds()) : null));
    }

    private static async Task<Results<Cacheable<IntervalView>, Problem>> IntervalAsync(
        ILedgerQueries ledger,
        IPoolQueries queries,
        [Description("Name of the pool.")] string pool,
        [Description("Start of the interval."), Instant] string start,
        [FromQuery, Description("The carrier; electricity if absent."), OneOf(typeof(Carrier))] string? carrier,
        CancellationToken cancellationToken)
    {
        if (!Pools.IsKnown(ledger, pool))
        {
            return Pools.Unknown(pool);
        }

        if (!QueryValue.TryInstant(nameof(start), start, 0, out var second, out var problem) || !QueryValue.TryCarrier(nameof(carrier), carrier, out var one, out problem))
        {
            return problem!;
        }

        return await queries.IntervalAsync(pool, one, second, cancellationToken) is { } interval
            ? Cached.Never(Shown(interval))
            : Problems.NotFound("interval", $"Pool '{pool}' knows no interval of {Words.Of(one.ToString())} from {start}, or corrections can no longer change it.");
    }

    private static async Task<Results<Cacheable<MissingList>, Problem>> MissingAsync(
        IPoolQueries queries,
        [Description("Name of the pool.")] string pool,
        [FromQuery, Description("The carrier; electricity if absent."), OneOf(typeof(Carrier))] string? carrier,
        [FromQuery, Description("How many of the newest days to look at."), WholeNumber(1, IPoolQueries.MaxDays, DefaultDays)] string? days,
        CancellationToken cancellationToken)
    {
        if (!QueryValue.TryCarrier(nameof(carrier), carrier, out var one, out var problem)
            || !QueryValue.TryWhole(nameof(days), days, 1, IPoolQueries.MaxDays, DefaultDays, out var count, out problem))
        {
            return problem!;
        }

        return await queries.MissingAsync(pool, one, (int)count, cancellationToken) is { } missing
            ? Cached.Never(new MissingList([.. missing.Select(item => item with { Register = Words.Of(item.Register) })]))
            : Pools.Unknown(pool);
    }

    private static IntervalView Shown(IntervalView view) => view with { Carrier = Words.Of(view.Carrier) };

    private static PolicyView Shown(PolicyView view) => view with
    {
        Carrier = Words.Of(view.Carrier),
        Basis = Words.Of(view.Basis),
        Rule = Words.Of(view.Rule),
        Producers = Words.Of(view.Producers),
        Self = Words.Of(view.Self),
    };

    private static Problem NotACursor() => Problems.InvalidParameter("cursor", "is not one that this endpoint gave; start without one");
}
