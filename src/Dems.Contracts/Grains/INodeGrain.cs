using Dems.Contracts.Submission;
using Orleans.Concurrency;

namespace Dems.Contracts.Grains;

/// <summary>An energy node on a chain, as seen by whoever submits for it; the key is <see cref="ChainKey"/>. It keeps nothing: what counts is in the mempool and on the chain.</summary>
[Alias("dems.INodeGrain")]
public interface INodeGrain : IGrainWithStringKey
{
    /// <summary>Checks whether the signers may speak for this node now, and passes the entries on to the chain. One result per entry, in order.</summary>
    [AlwaysInterleave]
    [Alias("Submit")]
    Task<IReadOnlyList<SubmitResult>> Submit(SubmitGroup group);
}
