using Dems.Core.Ledger;

namespace Dems.Replication.Shell;

/// <summary>Answer to one submission.</summary>
/// <param name="Outcome">What became of it.</param>
/// <param name="Content">Content id of what was submitted.</param>
/// <param name="Held">Content id held under the signer's sequence number; another one if <paramref name="Outcome"/> is <see cref="SubmitOutcome.SequenceTaken"/>.</param>
/// <param name="OrderedAt">Index in the chain's tree if already final.</param>
/// <param name="Promises">Promises of f + 1 members; empty when not waited for, not reached in time, or already final.</param>
public sealed record SubmitReply(
    SubmitOutcome Outcome, ContentId Content, ContentId Held, long? OrderedAt, IReadOnlyList<EntryPromise> Promises);
