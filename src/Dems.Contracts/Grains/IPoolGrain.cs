using Dems.Contracts.Queries;
using Orleans.Concurrency;

namespace Dems.Contracts.Grains;

/// <summary>
/// The state of a pool at one member: what executing its chain's blocks gave. The key is <see cref="ChainKey"/>. It calls no other grain. Only the head of
/// the same chain executes; everybody may ask, and is answered from the newest executed state.
/// </summary>
[Alias("dems.IPoolGrain")]
public interface IPoolGrain : IGrainWithStringKey
{
    /// <summary>Roots after the newest executed block.</summary>
    [Alias("ReadRoots")]
    Task<PoolRoots> ReadRoots();

    /// <summary>Executes the block after the newest executed one. Executing that one again gives the same answer.</summary>
    [Alias("Execute")]
    Task<PoolRoots> Execute(DecidedBytes block);

    /// <summary>Whether the signers may say what they want to say, as of now. One verdict per entry, in order.</summary>
    [AlwaysInterleave]
    [Alias("Judge")]
    ValueTask<IReadOnlyList<AuthorityVerdict>> Judge(Submission.SubmitGroup group);

    /// <summary>All validator sets so far, ascending; the first decides from height 1.</summary>
    [AlwaysInterleave]
    [Alias("ReadValidators")]
    ValueTask<IReadOnlyList<ValidatorsFrom>> ReadValidators();

    /// <summary>Whether evidence is worth reporting, and how; null if it is not, or is on the chain already.</summary>
    /// <param name="offence">What was signed twice.</param>
    /// <param name="skip">Unused sequence numbers to pass over.</param>
    [AlwaysInterleave]
    [Alias("PlanReport")]
    ValueTask<EvidencePlan?> PlanReport(Offence offence, int skip);

    /// <summary>The node under an address; null if none is registered.</summary>
    [AlwaysInterleave]
    [Alias("FindNode")]
    ValueTask<NodeView?> FindNode(string address);

    /// <summary>The address of the node that holds a metering-point id; null if none does.</summary>
    [AlwaysInterleave]
    [Alias("FindMeteringPoint")]
    ValueTask<string?> FindMeteringPoint(string id);

    /// <summary>What the pool's intervals gave so far.</summary>
    [AlwaysInterleave]
    [Alias("ReadBalance")]
    ValueTask<PoolBalance> ReadBalance();
}
