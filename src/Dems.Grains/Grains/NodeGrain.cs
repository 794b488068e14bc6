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

        var (head, pool) = (GrainFactory.GetGrain<IChainHeadGrain>(ChainKey.Of(chain)), GrainFactory.GetGrain<IPoolGrain>(ChainKey.Of(chain)));
        var verdicts = await pool.Judge(group);
        if (verdicts.All(v => v.IsAllowed))
        {
            return await head.Submit(group);
        }

        // What this member lacks it must not refuse for good: the registration may stand in a block that it has yet to fetch.
        var current = await head.GetStatus() is { Running: true, Voting: true, CatchingUp: false };
        verdicts = current ? await pool.Judge(group) : verdicts;
        var allowed = group.Where(i => verdicts[i].IsAllowed);
        var taken = allowed.Bytes.Length > 0 ? await head.Submit(allowed) : [];
        var results = new SubmitResult[verdicts.Count];
        var next = 0;
        for (var i = 0; i < results.Length; i++)
        {
            results[i] = verdicts[i].IsAllowed ? taken[next++] : SubmissionDesk.Refusal(group, i, verdicts[i], current);
        }

        return results;
    }
}
