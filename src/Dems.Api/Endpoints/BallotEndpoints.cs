using System.ComponentModel;
using Dems.Api.Answers;
using Dems.Api.OpenApi;
using Dems.Contracts.Queries;
using Dems.Core;
using Dems.Core.Ledger;
using Dems.ServiceDefaults.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Dems.Api.Endpoints;

/// <summary>How a pool votes, and on what. Proposals and votes are signed entries: they are submitted like batches.</summary>
internal static class BallotEndpoints
{
    internal const int DefaultBallots = 50;
    internal const int MaxBallots = 500;

    public static void Map(RouteGroupBuilder v1)
    {
        var chains = v1.MapGroup("/chains/{pool}").WithTags("governance");
        chains.MapGet("/governance", GovernanceAsync)
            .WithName("getGovernance")
            .WithSummary("How a pool votes.")
            .WithDescription("The rules that the next proposal is taken and counted by, as of the newest executed block.")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound);
        chains.MapGet("/ballots", BallotsAsync)
            .WithName("listBallots")
            .WithSummary("The ballots of a pool.")
            .WithDescription("The newest first, with phase and count as of the newest executed block.")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound);
        chains.MapGet("/ballots/{ballot}", BallotAsync)
            .WithName("getBallot")
            .WithSummary("A ballot.")
            .WithDescription("What it proposes, how it is counted, where it stands.")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound);
        chains.MapGet("/ballots/{ballot}/tally", TallyAsync)
            .WithName("getTally")
            .WithSummary("The tally of a ballot, with its proof.")
            .WithDescription("The certified row shows offline, to whoever holds the genesis document, by which rule and which sums the ballot was decided (docs/governance.md).")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        chains.MapGet("/ballots/{ballot}/electors/{address}", ElectorAsync)
            .WithName("getElector")
            .WithSummary("An elector of an open ballot.")
            .WithDescription("Its weight as of the opening and its vote. Kept while the ballot is open; afterwards the votes stand on the chain as entries.")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<Results<Cacheable<TallyProofView>, Problem>> TallyAsync(
        ILedgerQueries ledger,
        IGovernanceQueries queries,
        [Description("Name of the pool.")] string pool,
        [Description("Content id of the proposal in 64 hexadecimal digits.")] string ballot,
        CancellationToken cancellationToken)
    {
        if (!Pools.IsKnown(ledger, pool))
        {
            return Pools.Unknown(pool);
        }

        if (!Hash32.TryParse(ballot, out var id))
        {
            return NotAnId(ballot);
        }

        if (await queries.BallotAsync(pool, new ContentId(id), cancellationToken) is not { } view)
        {
            return Unknown(pool, ballot);
        }

        if (view.Decision is null)
        {
            return Problems.NotFound("tally", $"Ballot {ballot} is not counted yet: its deadline is {view.Deadline:u}.");
        }

        return await queries.TallyProofAsync(pool, new ContentId(id), cancellationToken) is { } proof
            ? Cached.Forever(proof)
            : Problems.Unavailable($"Ballot {ballot} is counted, but the block that commits to the tally is not here yet. Ask again.");
    }

    private static async Task<Results<Cacheable<GovernanceView>, Problem>> GovernanceAsync(
        IGovernanceQueries queries, [Description("Name of the pool.")] string pool, CancellationToken cancellationToken) =>
        await queries.GovernanceAsync(pool, cancellationToken) is { } rules
            ? Cached.Never(rules with { Weights = Words.Of(rules.Weights) })
            : Pools.Unknown(pool);

    private static async Task<Results<Cacheable<BallotPage>, Problem>> BallotsAsync(
        IGovernanceQueries queries,
        [Description("Name of the pool.")] string pool,
        [FromQuery, Description("Most ballots of the answer."), WholeNumber(1, MaxBallots, DefaultBallots)] string? limit,
        [FromQuery, Description("Where to go on: `next` of the part before.")] string? cursor,
        CancellationToken cancellationToken)
    {
        if (!QueryValue.TryWhole(nameof(limit), limit, 1, MaxBallots, DefaultBallots, out var count, out var problem))
        {
            return problem!;
        }

        var below = long.MaxValue;
        if (cursor is not null && !Cursor.TryParseBallot(cursor, out below))
        {
            return Problems.InvalidParameter(nameof(cursor), "is not one that this endpoint gave; start without one");
        }

        // One more than wanted tells whether there is a next part.
        if (await queries.BallotsAsync(pool, below, (int)count + 1, cancellationToken) is not { } ballots)
        {
            return Pools.Unknown(pool);
        }

        var page = ballots.Take((int)count).Select(Shown).ToList();
        return Cached.Never(new BallotPage(page, ballots.Count > count ? Cursor.OfBallot(page[^1].Number) : null));
    }

    private static async Task<Results<Cacheable<BallotView>, Problem>> BallotAsync(
        ILedgerQueries ledger,
        IGovernanceQueries queries,
        [Description("Name of the pool.")] string pool,
        [Description("Content id of the proposal in 64 hexadecimal digits.")] string ballot,
        CancellationToken cancellationToken)
    {
        if (!Pools.IsKnown(ledger, pool))
        {
            return Pools.Unknown(pool);
        }

        if (!Hash32.TryParse(ballot, out var id))
        {
            return NotAnId(ballot);
        }

        return await queries.BallotAsync(pool, new ContentId(id), cancellationToken) is { } view ? Cached.Never(Shown(view)) : Unknown(pool, ballot);
    }

    private static async Task<Results<Cacheable<ElectorView>, Problem>> ElectorAsync(
        ILedgerQueries ledger,
        IGovernanceQueries queries,
        [Description("Name of the pool.")] string pool,
        [Description("Content id of the proposal in 64 hexadecimal digits.")] string ballot,
        [Description("Address of the party, or of the member's validator key, in bech32, `dems1…`.")] string address,
        CancellationToken cancellationToken)
    {
        if (!Pools.IsKnown(ledger, pool))
        {
            return Pools.Unknown(pool);
        }

        if (!Hash32.TryParse(ballot, out var id))
        {
            return NotAnId(ballot);
        }

        if (!QueryValue.TryAddress(nameof(address), address, out var elector, out var problem))
        {
            return problem!;
        }

        return await queries.ElectorAsync(pool, new ContentId(id), elector, cancellationToken) is { } view
            ? Cached.Never(view with { Choice = view.Choice is { } choice ? Words.Of(choice) : null })
            : Problems.NotFound("elector", $"{address} is no elector of ballot {ballot}, or the ballot is not open.");
    }

    /// <summary>A ballot in the API's own words.</summary>
    private static BallotView Shown(BallotView view) => view with
    {
        Kind = Words.Of(view.Kind),
        Phase = Words.Of(view.Phase),
        Rule = view.Rule with { Weights = Words.Of(view.Rule.Weights) },
        Decision = view.Decision is { } decision ? Words.Of(decision) : null,
    };

    private static Problem NotAnId(string ballot) => Problems.InvalidParameter("ballot", $"must be 64 hexadecimal digits of a content id, not '{ballot}'");

    private static Problem Unknown(string pool, string ballot) => Problems.NotFound("ballot", $"Pool '{pool}' has no ballot {ballot} here yet.");
}
