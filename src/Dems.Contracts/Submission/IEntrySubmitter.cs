using Dems.Core.Ledger.Entries;

namespace Dems.Contracts.Submission;

/// <summary>The way in for everything that submits entries: the HTTP edge, imports, the simulator. Embedded hosts and cluster clients implement it over the grains.</summary>
public interface IEntrySubmitter
{
    /// <summary>
    /// Submits opened entries, each to the chain that it names. One result per entry, in order; faults of the member become
    /// <see cref="SubmitOutcome.Busy"/>. Submitting again is always safe.
    /// </summary>
    Task<IReadOnlyList<SubmitResult>> SubmitAsync(IReadOnlyList<OpenedEntry> entries, SubmitWait wait, CancellationToken cancellationToken);
}
