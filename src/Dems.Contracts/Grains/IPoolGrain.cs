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

    /// <summary>Keys of the validators that decide a height, 64 bytes each, in order; null if it lies more than two above the newest executed block.</summary>
    [Alias("ReadValidatorsAt")]
    ValueTask<IReadOnlyList<byte[]>?> ReadValidatorsAt(long height);

    /// <summary>Executes the block after the newest executed one. Executing that one again gives the same answer.</summary>
    [Alias("Execute")]
    Task<PoolRoots> Execute(DecidedBytes block);

    /// <summary>Forgets the state and takes it from the disk again: the stored chain may end lower than before.</summary>
    [Alias("Reload")]
    Task Reload();

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

    /// <summary>How the pool shares: terms, policies, balance.</summary>
    [AlwaysInterleave]
    [Alias("ReadPool")]
    ValueTask<PoolView> ReadPool();

    /// <summary>At most so many nodes in the order of their registration, from a place on.</summary>
    [AlwaysInterleave]
    [Alias("ListNodes")]
    ValueTask<IReadOnlyList<NodeView>> ListNodes(int place, int limit);

    /// <summary>At most so many intervals of a carrier that start in [from, to), ascending, without their nodes.</summary>
    [AlwaysInterleave]
    [Alias("ListIntervals")]
    ValueTask<IReadOnlyList<IntervalView>> ListIntervals(int carrier, long from, long to, int limit);

    /// <summary>An interval with its nodes by its start; null if the state knows none, or no longer.</summary>
    [AlwaysInterleave]
    [Alias("FindInterval")]
    ValueTask<IntervalView?> FindInterval(int carrier, long start);

    /// <summary>What is missing for the newest days of a carrier. The pool executes between the days.</summary>
    [AlwaysInterleave]
    [Alias("ListMissing")]
    ValueTask<IReadOnlyList<MissingView>> ListMissing(int carrier, int days);

    /// <summary>What settlement reads of the newest state, with proofs.</summary>
    [AlwaysInterleave]
    [Alias("ProveState")]
    ValueTask<Settlement.PoolStateBytes> ProveState();

    /// <summary>How the pool votes.</summary>
    [AlwaysInterleave]
    [Alias("ReadGovernance")]
    ValueTask<GovernanceView> ReadGovernance();

    /// <summary>At most so many ballots whose number is below a bound, the newest first.</summary>
    [AlwaysInterleave]
    [Alias("ListBallots")]
    ValueTask<IReadOnlyList<BallotView>> ListBallots(long below, int limit);

    /// <summary>A ballot by its content id in hexadecimal; null if there is none.</summary>
    [AlwaysInterleave]
    [Alias("FindBallot")]
    ValueTask<BallotView?> FindBallot(string ballot);

    /// <summary>Tries a policy, given by its canonical bytes, on the newest days of a carrier. The pool executes between the days.</summary>
    [AlwaysInterleave]
    [Alias("TryRule")]
    ValueTask<TrialAnswer> TryRule(int carrier, byte[] policy, int days);

    /// <summary>An elector of an open ballot by its address; null if it is none or the ballot is not open.</summary>
    [AlwaysInterleave]
    [Alias("FindElector")]
    ValueTask<ElectorView?> FindElector(string ballot, string elector);
}
