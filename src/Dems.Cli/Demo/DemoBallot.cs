using System.Text.Json;
using Dems.Cli.Client;
using Dems.Cli.Network;
using Dems.Contracts.Queries;
using Dems.Contracts.Submission;
using Dems.Core.Allocation;
using Dems.Core.Allocation.Encoding;
using Dems.Core.Energy;
using Dems.Core.Governance;
using Dems.Core.Governance.Payloads;
using Dems.Core.Ledger;
using Dems.Core.Ledger.Entries;
using Dems.Grains.Crypto;
using Dems.Ingest.Importing;
using Microsoft.Extensions.DependencyInjection;

namespace Dems.Cli.Demo;

/// <summary>
/// The end of the demo: the parties of the pool vote to share in equal parts, or by consumption if they share equally already. A rule is in force for intervals to come, never for past ones; so what it
/// changes is shown by a trial on the pool's own last days. A network that has voted already is not asked again.
/// </summary>
internal sealed class DemoBallot(MemberApp member, string pool, KeyRing keys, TimeProvider time)
{
    /// <summary>Larger pools are not made to vote in a demo.</summary>
    private const int MaxParties = 500;

    private const int TrialDays = 7;

    /// <summary>How long the ballot is open; a machine that is too slow for the votes to be final in time gets more.</summary>
    private static readonly int[] OpenSeconds = [3, 10, 30];

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private readonly ChainId _chain = member.Options.Genesis.ChainOf(pool);
    private readonly IGovernanceQueries _ballots = member.Services.GetRequiredService<IGovernanceQueries>();
    private readonly IPoolQueries _pools = member.Services.GetRequiredService<IPoolQueries>();
    private readonly ILedgerQueries _ledger = member.Services.GetRequiredService<ILedgerQueries>();
    private readonly FinalSubmission _submission = new(
        member.Services.GetRequiredService<IEntrySubmitter>(), new LocalLedgerReader(member.Services.GetRequiredService<ILedgerQueries>(), pool));

    private long _sequence = time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Holds the ballot; null if this pool cannot be made to vote while somebody looks on.</summary>
    public async Task<DemoBallotSummary?> HoldAsync(IReadOnlyCollection<MeteringPoint> points, CancellationToken cancellationToken)
    {
        var view = (await _pools.PoolAsync(pool, cancellationToken))!;
        var carrier = Carrier.Electricity;
        var start = view.Policies.First(policy => policy.Carrier == carrier.ToString());
        if (!PolicyCodec.TryDecode(Convert.FromBase64String(start.Policy), out var before, out var error))
        {
            throw new InvalidOperationException($"The pool's policy does not decode: {error}.");
        }

        var after = before with { Rule = before.Rule is AllocationRule.EqualWithCaps ? new AllocationRule.ProRata() : new AllocationRule.EqualWithCaps([], DefaultWeight: 1) };
        if (after.Refusal() is not null)
        {
            return null;
        }

        var ballot = await HeldAsync(cancellationToken) ?? await VoteAsync(new RuleChange(carrier, PolicyCodec.Encode(after)), points, cancellationToken);
        if (ballot is null || (await _ballots.TryRuleAsync(pool, carrier, PolicyCodec.Encode(after), TrialDays, cancellationToken))?.Trial is not { } trial)
        {
            return null;
        }

        return new DemoBallotSummary
        {
            Id = ballot.Ballot,
            Carrier = WordOf(carrier.ToString()),
            RuleBefore = WordOf(start.Rule),
            RuleAfter = WordOf(after.Rule.GetType().Name),
            Decision = WordOf(ballot.Decision!),
            Yes = ballot.Count.Yes,
            Electors = ballot.Count.Electors,
            EffectiveFrom = ballot.EffectiveFrom,
            Days = trial.Days,
            AllocatedBeforeWh = trial.Before.Allocated,
            AllocatedAfterWh = trial.After.Allocated,
            Conserved = trial.IsConserved,
            Nodes = await NodesAsync(trial, cancellationToken),
        };
    }

    private async Task<BallotView?> HeldAsync(CancellationToken cancellationToken) =>
        (await _ballots.BallotsAsync(pool, long.MaxValue, OpenSeconds.Length, cancellationToken))!
            .FirstOrDefault(ballot => ballot.Kind == nameof(BallotKind.Rule) && ballot.Decision is not null);

    private async Task<BallotView?> VoteAsync(RuleChange change, IReadOnlyCollection<MeteringPoint> points, CancellationToken cancellationToken)
    {
        if (points.Count is 0 or > MaxParties || await _ballots.GovernanceAsync(pool, cancellationToken) is not { MinNoticeSeconds: 0 })
        {
            return null;
        }

        var parties = points.OrderBy(point => point.RegisteredId, StringComparer.Ordinal).Select(keys.PartyOf).ToList();
        try
        {
            BallotView? ballot = null;
            foreach (var seconds in OpenSeconds)
            {
                ballot = await VoteAsync(change, parties, seconds, cancellationToken);
                if (ballot.Decision == nameof(BallotDecision.Accepted))
                {
                    break;
                }
            }

            return ballot;
        }
        finally
        {
            parties.ForEach(party => party.Dispose());
        }
    }

    private async Task<BallotView> VoteAsync(RuleChange change, List<Es256Signer> parties, int seconds, CancellationToken cancellationToken)
    {
        var deadline = time.GetUtcNow().ToUnixTimeSeconds() + 1 + seconds;
        var effect = (deadline + BallotTimes.BoundarySeconds - 1) / BallotTimes.BoundarySeconds * BallotTimes.BoundarySeconds;
        var proposal = FinalSubmission.Sign(new BallotProposal(change, "Share in equal parts.", Notice: 0, deadline, effect), _chain, _sequence++, parties[0]);
        await _submission.SubmitAsync("proposal", [proposal], cancellationToken);
        await _submission.SubmitAsync(
            "vote", [.. parties.Select(party => FinalSubmission.Sign(new BallotVote(proposal.Content, BallotChoice.Yes), _chain, _sequence++, party))], cancellationToken);
        return await CountedAsync(proposal.Content, cancellationToken);
    }

    private async Task<BallotView> CountedAsync(ContentId ballot, CancellationToken cancellationToken)
    {
        var (height, started) = (0L, time.GetTimestamp());
        while (time.GetElapsedTime(started) < Patience)
        {
            if (await _ballots.BallotAsync(pool, ballot, cancellationToken) is { Decision: not null } counted)
            {
                return counted;
            }

            height = await _ledger.WaitForBlockAsync(pool, height, TimeSpan.FromMilliseconds(200), cancellationToken);
        }

        throw new CommandException(ExitCodes.Unavailable, $"Ballot {ballot} was not counted within {Patience.TotalSeconds} seconds.");
    }

    private async Task<IReadOnlyList<DemoBallotNode>> NodesAsync(TrialView trial, CancellationToken cancellationToken)
    {
        var nodes = new List<DemoBallotNode>();
        foreach (var node in trial.Nodes.Where(node => node.Gain != 0).OrderByDescending(node => Math.Abs(node.Gain)).ThenBy(node => node.Address, StringComparer.Ordinal))
        {
            var point = NodeAddress.TryParse(node.Address, out var address, out _) ? (await _ledger.NodeAsync(address, cancellationToken))?.MeteringPoint : null;
            nodes.Add(new DemoBallotNode { MeteringPoint = point ?? node.Address, BeforeWh = node.Before.Allocated, AfterWh = node.After.Allocated });
        }

        return nodes;
    }

    private static string WordOf(string name) => JsonNamingPolicy.SnakeCaseLower.ConvertName(name);
}
