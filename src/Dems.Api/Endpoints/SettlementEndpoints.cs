using System.ComponentModel;
using Dems.Api.Answers;
using Dems.Api.OpenApi;
using Dems.Contracts.Settlement;
using Dems.Core.Energy;
using Dems.Core.Settlement.Calendar;
using Dems.ServiceDefaults.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Dems.Api.Endpoints;

/// <summary>What a pool's energy comes to in money, why, and what it would have come to. All of it is computed from the chain and changes nothing on it.</summary>
internal static class SettlementEndpoints
{
    public static void Map(RouteGroupBuilder v1)
    {
        var chains = v1.MapGroup("/chains/{pool}").WithTags("settlement");
        Describe(chains.MapGet("/settlement", SettlementAsync))
            .WithName("getSettlement")
            .WithSummary("All statements of a period.")
            .WithDescription("As a ballot closed it, or a preview as of the newest certified block; with the root that a settlement ballot approves (docs/settlement.md).");
        Describe(chains.MapGet("/statements/{party}", StatementAsync))
            .WithName("getStatement")
            .WithSummary("The statement of a party for a period.")
            .WithDescription("Sections per node with lines, intervals and the rows that prove them; each step of the arithmetic; what is due.");
        Describe(chains.MapGet("/statements/{party}/proof", ProofAsync))
            .WithName("getStatementProof")
            .WithSummary("The statement of a party with its proof.")
            .WithDescription("Self-contained: who holds the genesis document computes it again offline (`dems statement verify`). CBOR in base64.");
        Describe(chains.MapGet("/nodes/{address}/why", WhyAsync))
            .WithName("getExplanation")
            .WithSummary("Why a node got what it got in an interval.")
            .WithDescription("What each node brought, the policy, every step of the arithmetic, who drew on whom, the result.");
        Describe(chains.MapPost("/whatif", WhatIfAsync))
            .WithName("replay")
            .WithSummary("A period under another policy or tariff.")
            .WithDescription("Replays what the chain metered; energy per node and money per party, before and after. The chain is only read.");
    }

    private static async Task<Results<Cacheable<SettlementView>, Problem>> SettlementAsync(
        ISettlementDesk desk,
        [Description("Name of the pool.")] string pool,
        [FromQuery, Description("Month such as 2026-11, year, day, or two days such as 2026-11-01/2026-12-01, the end exclusive."), RequiredText] string? period,
        CancellationToken cancellationToken) =>
        TryPeriod(period, out var days, out var problem) ? Reply(await desk.SettleAsync(pool, days, cancellationToken), view => view) : problem!;

    private static async Task<Results<Cacheable<StatementView>, Problem>> StatementAsync(
        ISettlementDesk desk,
        [Description("Name of the pool.")] string pool,
        [Description("Address of the party in bech32, `dems1…`.")] string party,
        [FromQuery, Description("Month such as 2026-11, year, day, or two days such as 2026-11-01/2026-12-01, the end exclusive."), RequiredText] string? period,
        CancellationToken cancellationToken) =>
        TryPeriod(period, out var days, out var problem) && QueryValue.TryAddress(nameof(party), party, out var address, out problem)
            ? Reply(await desk.StatementAsync(pool, days, address, cancellationToken), answer => answer.View)
            : problem!;

    private static async Task<Results<Cacheable<StatementProofView>, Problem>> ProofAsync(
        ISettlementDesk desk,
        [Description("Name of the pool.")] string pool,
        [Description("Address of the party in bech32, `dems1…`.")] string party,
        [FromQuery, Description("Month such as 2026-11, year, day, or two days such as 2026-11-01/2026-12-01, the end exclusive."), RequiredText] string? period,
        CancellationToken cancellationToken) =>
        TryPeriod(period, out var days, out var problem) && QueryValue.TryAddress(nameof(party), party, out var address, out problem)
            ? Reply(
                await desk.StatementAsync(pool, days, address, cancellationToken),
                answer => new StatementProofView(answer.View.Party, answer.View.Period, answer.View.Hash, answer.View.AsOf, Convert.ToBase64String(answer.Proof.Span)))
            : problem!;

    private static async Task<Results<Cacheable<WhyView>, Problem>> WhyAsync(
        ISettlementDesk desk,
        [Description("Name of the pool.")] string pool,
        [Description("Address of the node in bech32, `dems1…`.")] string address,
        [FromQuery, Description("A time in the interval."), RequiredText] string? at,
        CancellationToken cancellationToken)
    {
        if (!QueryValue.TryAddress(nameof(address), address, out NodeAddress node, out var problem))
        {
            return problem!;
        }

        if (at is null)
        {
            return Problems.InvalidParameter(nameof(at), "is missing; give a time such as 2026-01-31T23:00:00Z");
        }

        return QueryValue.TryInstant(nameof(at), at, 0, out var second, out problem) ? Reply(await desk.ExplainAsync(pool, node, second, cancellationToken), view => view) : problem!;
    }

    private static async Task<Results<Cacheable<WhatIfView>, Problem>> WhatIfAsync(
        ISettlementDesk desk,
        [Description("Name of the pool.")] string pool,
        [FromQuery, Description("Month such as 2026-11, year, day, or two days such as 2026-11-01/2026-12-01, the end exclusive."), RequiredText] string? period,
        [FromBody] WhatIfRequest request,
        CancellationToken cancellationToken) =>
        TryPeriod(period, out var days, out var problem) ? Reply(await desk.ReplayAsync(pool, days, request, cancellationToken), view => view) : problem!;

    private static bool TryPeriod(string? text, out BillingPeriod period, out Problem? problem)
    {
        period = default;
        problem = text is not null && BillingPeriod.TryParse(text, out period)
            ? null
            : Problems.InvalidParameter("period", text is null ? "is missing; give a month such as 2026-11" : $"must be a month such as 2026-11, a year, a day, or two days such as 2026-11-01/2026-12-01, not '{text}'");
        return problem is null;
    }

    private static Results<Cacheable<TView>, Problem> Reply<T, TView>(DeskAnswer<T> answer, Func<T, TView> viewOf)
        where T : class => answer.Standing switch
        {
            DeskStanding.Answered => Cached.Never(viewOf(answer.Value!)),
            DeskStanding.NotFound => Problems.NotFound("settlement", answer.Reason),
            DeskStanding.NotYet => Problems.Unavailable(answer.Reason),
            _ => Problems.NotComputable(answer.Reason),
        };

    private static RouteHandlerBuilder Describe(RouteHandlerBuilder endpoint) => endpoint
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
        .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
}
