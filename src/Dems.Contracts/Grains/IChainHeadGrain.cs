using Dems.Contracts.Submission;
using Orleans.Concurrency;

namespace Dems.Contracts.Grains;

/// <summary>
/// One member's replica of one chain; the key is <see cref="ChainKey"/>. Every method interleaves: delivering and submitting only enqueue, queries read
/// an immutable picture, and the pump that does the work is a loop of the activation itself.
/// </summary>
[Alias("dems.IChainHeadGrain")]
public interface IChainHeadGrain : IGrainWithStringKey
{
    /// <summary>Starts the replica if it does not run, and says whether it does. The keeper asks every two seconds.</summary>
    [Alias("Ping")]
    Task<bool> Ping();

    /// <summary>Puts a checked frame of a peer into the inbox.</summary>
    [AlwaysInterleave]
    [Alias("Deliver")]
    ValueTask<DeliverOutcome> Deliver(DeliveredFrame frame);

    /// <summary>Stores opened entries durably and waits, as asked, for the promises of f + 1 members. One result per entry, in order.</summary>
    [AlwaysInterleave]
    [Alias("Submit")]
    Task<IReadOnlyList<SubmitResult>> Submit(SubmitGroup group);

    /// <summary>The replica's standing as of its last step.</summary>
    [AlwaysInterleave]
    [Alias("GetStatus")]
    ValueTask<ChainStatus> GetStatus();
}
