using Dems.Contracts.Grains;
using Dems.Contracts.Submission;
using Dems.Grains.Chains;
using Orleans.Concurrency;

namespace Dems.Grains.Grains;

/// <summary>Asks the pool whether the signers may speak for the node, and passes what may be said to the chain. It has no state: any silo may answer.</summary>
[Reentrant]
public sealed class NodeGrain : Grain, INodeGrain
{
    public async Task<IReadOnlyList<SubmitResult>> Submit(SubmitGroup group)
    {
        if (!ChainKey.TryParse(this.GetPrimaryKeyString(), out var chain, out _))
        {
            throw new InvalidOperationException($"'{this.GetPrimaryKeyString()}' is not the key of a node.");
        }

        var key = ChainKey.Of(chain);
        var verdicts = await GrainFactory.GetGrain<IPoolGrain>(key).Judge(group);
        if (verdicts.All(v => v.IsAllowed))
        {
            return await GrainFactory.GetGrain<IChainHeadGrain>(key).Submit(group);
        }

        var allowed = group.Where(i => verdicts[i].IsAllowed);
        var taken = allowed.Bytes.Length > 0 ? await GrainFactory.GetGrain<IChainHeadGrain>(key).Submit(allowed) : [];
        var results = new SubmitResult[verdicts.Count];
        var next = 0;
        for (var i = 0; i < results.Length; i++)
        {
            results[i] = verdicts[i].IsAllowed ? taken[next++] : SubmissionDesk.Refusal(group, i, verdicts[i]);
        }

        return results;
    }
}
