using System.Security.Cryptography;
using System.Threading.Channels;
using Dems.Contracts.Grains;
using Dems.Core.Consensus;
using Dems.Core.Crypto;
using Dems.Core.Ledger.Encoding;
using Dems.Core.Ledger.Entries;
using Dems.Replication.Machine;
using Dems.Replication.Shell;
using Microsoft.Extensions.Logging;

namespace Dems.Grains.Chains;

/// <summary>
/// Puts double signatures that the replica found on the chain, as reports signed by this member. Members report one after the other, beginning with the one after the
/// offender, and look at the chain first: mostly one report is enough. A validator that offends without end is reported a bounded number of times.
/// </summary>
internal sealed class EvidenceDesk(ChainSite site, ReplicaIdentity identity, IPoolGrain pool, ILogger log, TimeProvider time)
{
    /// <summary>Offences of one validator that this member reports in one life of its replica.</summary>
    public const int MaxPerValidator = 16;

    /// <summary>Offences that may wait to be reported; more are forgotten, others have found them too.</summary>
    public const int MaxWaiting = 64;

    /// <summary>Time by which each member waits longer than the one before it, and between two attempts.</summary>
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(1);

    private readonly Channel<Evidence> _found = Channel.CreateBounded<Evidence>(new BoundedChannelOptions(MaxWaiting) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly HashSet<Offence> _reported = [];

    /// <summary>Takes in what the replica found; returns at once.</summary>
    public void Found(Evidence evidence) => _found.Writer.TryWrite(evidence);

    /// <summary>Reports until cancelled. Does not throw: evidence is worth less than the chain.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await ReportAsync(await _found.Reader.ReadAsync(cancellationToken), cancellationToken);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                log.LogError(e, "Evidence could not be reported on the chain of pool {Pool}", site.Pool);
            }
        }
    }

    private async Task ReportAsync(Evidence evidence, CancellationToken cancellationToken)
    {
        var offence = new Offence(evidence.Height.Value, evidence.Round, (int)evidence.Kind, evidence.Validator);
        if (_reported.Count(other => other.Validator == offence.Validator) >= MaxPerValidator || !_reported.Add(offence))
        {
            return;
        }

        var turn = (identity.Member - evidence.Validator - 1 + identity.MemberCount) % identity.MemberCount;
        await Task.Delay(turn * Step, time, cancellationToken);
        for (var skip = 0; await pool.PlanReport(offence, skip) is { } plan; skip++)
        {
            var entry = Sign(evidence, plan);
            var outcome = site.Replica is { } replica
                ? (await replica.SubmitAsync([entry], WaitLevel.Local, cancellationToken))[0].Outcome
                : SubmitOutcome.Busy;
            if (outcome is SubmitOutcome.Accepted or SubmitOutcome.Duplicate)
            {
                log.LogWarning("Reported as entry {Content}: {Evidence}", entry.Content, evidence);
                return;
            }

            // Full: try again, with the same number. Taken by a report that waits to be ordered: the next one, at once.
            if (outcome == SubmitOutcome.Busy)
            {
                skip--;
                await Task.Delay(Step, time, cancellationToken);
            }
        }
    }

    private OpenedEntry Sign(Evidence evidence, EvidencePlan plan)
    {
        var report = new EvidenceReport(new PublicKey(plan.Offender), evidence);
        var bytes = EntryBuilder.Sign(report, identity.Chain, plan.Sequence, RandomNumberGenerator.GetBytes(OpenedEntry.SaltSize), identity.Signer);
        return EntryCodec.TryDecode(bytes, out var entry, out var error)
            ? entry
            : throw new InvalidOperationException($"A report signed here does not open: {error}.");
    }
}
