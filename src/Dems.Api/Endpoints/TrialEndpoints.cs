using System.ComponentModel;
using System.Text;
using System.Text.Json;
using Dems.Api.OpenApi;
using Dems.Contracts.Queries;
using Dems.Core;
using Dems.Core.Allocation.Encoding;
using Dems.Core.Energy;
using Dems.Core.Governance;
using Dems.Core.Governance.Encoding;
using Dems.Core.Governance.Payloads;
using Dems.Core.Governance.Trials;
using Dems.Core.Ledger;
using Dems.ServiceDefaults.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Dems.Api.Endpoints;

/// <summary>Rules tried on the pool's own last days, before a ballot opens on them or while it is open. Nothing is changed.</summary>
internal static class TrialEndpoints
{
    private const int DefaultDays = 7;

    /// <summary>Longest policy as JSON: several times what fits a ballot.</summary>
    private const int MaxPolicyBytes = 512 * 1024;

    public static void Map(RouteGroupBuilder v1)
    {
        var chains = v1.MapGroup("/chains/{pool}").WithTags("governance");
        chains.MapGet("/ballots/{ballot}/trial", OfBallotAsync)
            .WithName("tryBallot")
            .WithSummary("What the rule of a ballot would have changed.")
            .WithDescription("The pool's newest days, allocated by the policies in force and by the proposed one: sums, conservation, and each node's difference.")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound);
        chains.MapPost("/trials", OfPolicyAsync)
            .WithName("tryRule")
            .WithSummary("What a policy would have changed.")
            .WithDescription("The same for a policy that nobody has proposed yet. The body is the policy as JSON, as `dems ballot open rule --file` reads it (docs/allocation.md).")
            .Accepts<JsonElement>("application/json")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge);
    }

    private static async Task<Results<Cacheable<TrialView>, Problem>> OfBallotAsync(
        ILedgerQueries ledger,
        IGovernanceQueries queries,
        [Description("Name of the pool.")] string pool,
        [Description("Content id of the proposal in 64 hexadecimal digits.")] string ballot,
        [FromQuery, Description("How many of the newest days to replay."), WholeNumber(1, RuleTrial.MaxDays, DefaultDays)] string? days,
        CancellationToken cancellationToken)
    {
        if (!Pools.IsKnown(ledger, pool))
        {
            return Pools.Unknown(pool);
        }

        if (!Hash32.TryParse(ballot, out var id))
        {
            return Problems.InvalidParameter(nameof(ballot), $"must be 64 hexadecimal digits of a content id, not '{ballot}'");
        }

        if (!QueryValue.TryWhole(nameof(days), days, 1, RuleTrial.MaxDays, DefaultDays, out var count, out var problem))
        {
            return problem!;
        }

        if (await queries.BallotAsync(pool, new ContentId(id), cancellationToken) is not { } view)
        {
            return Problems.NotFound("ballot", $"Pool '{pool}' has no ballot {ballot} here yet.");
        }

        return BallotPayloadCodec.TryDecode(BallotKind.Rule, Convert.FromBase64String(view.Payload), out var payload, out _) && payload is RuleChange change
            ? await TryAsync(queries, pool, change.Carrier, change.Policy, (int)count, cancellationToken)
            : Problems.NotFound("trial", $"Ballot {ballot} changes no allocation rule: there is nothing to try.");
    }

    private static async Task<Results<Cacheable<TrialView>, Problem>> OfPolicyAsync(
        HttpRequest request,
        IGovernanceQueries queries,
        [Description("Name of the pool.")] string pool,
        [FromQuery, Description("The carrier; electricity if absent."), OneOf(typeof(Carrier))] string? carrier,
        [FromQuery, Description("How many of the newest days to replay."), WholeNumber(1, RuleTrial.MaxDays, DefaultDays)] string? days,
        CancellationToken cancellationToken)
    {
        if (!QueryValue.TryCarrier(nameof(carrier), carrier, out var one, out var problem)
            || !QueryValue.TryWhole(nameof(days), days, 1, RuleTrial.MaxDays, DefaultDays, out var count, out problem))
        {
            return problem!;
        }

        if (await BoundedBody.ReadAsync(request, MaxPolicyBytes, cancellationToken) is not { } body)
        {
            return Problems.TooLarge($"A policy may have {MaxPolicyBytes} bytes.", MaxPolicyBytes);
        }

        return PolicyJson.TryRead(Encoding.UTF8.GetString(body.Span), out var policy, out var error)
            ? await TryAsync(queries, pool, one, PolicyCodec.Encode(policy), (int)count, cancellationToken)
            : Problems.InvalidParameter("policy", error);
    }

    private static async Task<Results<Cacheable<TrialView>, Problem>> TryAsync(
        IGovernanceQueries queries, string pool, Carrier carrier, ReadOnlyMemory<byte> policy, int days, CancellationToken cancellationToken)
    {
        if (await queries.TryRuleAsync(pool, carrier, policy, days, cancellationToken) is not { } answer)
        {
            return Pools.Unknown(pool);
        }

        return answer.Trial is { } trial
            ? Cached.Never(trial with { Carrier = Words.Of(trial.Carrier) })
            : Problems.InvalidParameter("policy", answer.Refusal ?? "");
    }
}
