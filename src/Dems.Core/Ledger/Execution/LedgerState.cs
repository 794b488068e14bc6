using Dems.Core.Energy;
using Dems.Core.Governance;
using Dems.Core.Governance.Execution;
using Dems.Core.Ledger.Execution.Intervals;
using Dems.Core.Ledger.Merkle;

namespace Dems.Core.Ledger.Execution;

/// <summary>
/// Everything that execution reads besides the block: who may sign what, which sequence numbers and readings there are, the edge of the entry tree.
/// Immutable; <see cref="BlockExecutor"/> makes the next one. Its root stands in the header of the next block.
/// </summary>
public sealed class LedgerState
{
    internal LedgerState(StateMap map)
    {
        Map = map;
        Chain = new ChainId(Require(StateKeys.Chain, StateDecoders.Hash).Value);
        Validators = Require(StateKeys.Validators, StateDecoders.Validators);
        Frontier = Require(StateKeys.Frontier, StateDecoders.Frontier).Frontier;
        Protocol = Require(StateKeys.Protocol, StateDecoders.Protocol);
        Governance = new GovernanceState(map);
        Allocation = new AllocationState(map);
        NextDue = DueEvents.Next(new StateDraft(map));
    }

    /// <summary>The pairs that the root covers.</summary>
    public StateMap Map { get; }

    /// <summary>Merkle root of all pairs.</summary>
    public Hash32 Root => Map.Root;

    /// <summary>The chain.</summary>
    public ChainId Chain { get; }

    /// <summary>Who decides which heights.</summary>
    public ValidatorSchedule Validators { get; }

    /// <summary>Right edge of the tree over all entries so far.</summary>
    public MerkleFrontier Frontier { get; }

    /// <summary>Protocol version and time-zone data of the next block.</summary>
    public ProtocolRecord Protocol { get; }

    /// <summary>Ballots and what they put in force.</summary>
    public GovernanceState Governance { get; }

    /// <summary>The pool's intervals and what they gave.</summary>
    public AllocationState Allocation { get; }

    /// <summary>The block time from which on a block is needed even if there are no entries; null if nothing is scheduled.</summary>
    public BlockTime? NextDue { get; }

    /// <summary>The state before the first block of a pool's chain: the members, as validators and as known signers.</summary>
    public static LedgerState AtGenesis(Genesis genesis, string pool)
    {
        var draft = new StateDraft(StateMap.Empty);
        draft.Set(StateKeys.Chain, new HashRecord(genesis.ChainOf(pool).Value));
        draft.Set(StateKeys.Validators, ValidatorSchedule.StartingWith(genesis.Validators));
        draft.Set(StateKeys.Frontier, new FrontierRecord(MerkleFrontier.Empty));
        draft.Set(StateKeys.Protocol, new ProtocolRecord(genesis.ProtocolVersion, TimeZones: null));
        draft.Set(StateKeys.Governance, new GovernanceRecord(genesis.Pools.First(known => known.Name == pool).Governance));
        var terms = genesis.PoolOf(genesis.ChainOf(pool))!.Terms;
        draft.Set(StateKeys.PoolTerms, new PoolTermsRecord(terms));
        foreach (var carrier in genesis.PoolOf(genesis.ChainOf(pool))!.Carriers)
        {
            draft.Set(StateKeys.Policies(carrier), new PolicySchedule([new PolicyPeriod(0, terms.Policy)]));
        }

        foreach (var member in genesis.Members)
        {
            var fingerprint = member.Key.Fingerprint;
            draft.Set(StateKeys.Member(fingerprint), new MemberRecord(member.Name));
            draft.Set(StateKeys.Key(fingerprint), new KeyRecord(fingerprint, KeyStatus.Active));
        }

        return new LedgerState(draft.Write());
    }

    /// <summary>The member with a key; null if it is none's.</summary>
    public MemberRecord? FindMember(Hash32 fingerprint) => Read(StateKeys.Member(fingerprint), StateDecoders.Member);

    /// <summary>A signing key; null if the chain does not know it.</summary>
    public KeyRecord? FindKey(Hash32 fingerprint) => Read(StateKeys.Key(fingerprint), StateDecoders.Key);

    /// <summary>A party; null if not registered.</summary>
    public PartyRecord? FindParty(NodeAddress party) => Read(StateKeys.Party(party), StateDecoders.Party);

    /// <summary>A node; null if not registered.</summary>
    public NodeRecord? FindNode(NodeAddress node) => Read(StateKeys.Node(node), StateDecoders.Node);

    /// <summary>The node that holds a metering-point id; null if none ever did.</summary>
    public NodeAddress? FindMeteringPoint(string id) => Read(StateKeys.MeteringPoint(id), StateDecoders.MeteringPoint)?.Address;

    /// <summary>The right of a key line to sign for a node; null if it was never delegated.</summary>
    /// <param name="identity"><see cref="KeyRecord.Identity"/> of the key.</param>
    /// <param name="node">The node.</param>
    public DelegationRecord? FindDelegation(Hash32 identity, NodeAddress node) => Read(StateKeys.Delegation(identity, node), StateDecoders.Delegation);

    /// <summary>What is known about a signer's sequence number, seen from a content.</summary>
    public SequenceUse CheckSequence(Hash32 signer, long sequence, ContentId content) => SequenceWindow.Check(new StateDraft(Map), signer, sequence, content);

    /// <summary>The newest revisions of a register's readings that start on a UTC day (counted from 1970-01-01), ascending.</summary>
    public IReadOnlyList<Reading> ReadDay(NodeAddress node, Register register, int day)
    {
        if (Read(StateKeys.DayBucket(node, register, day), StateDecoders.DayBucket) is not { } bucket)
        {
            return [];
        }

        var readings = new Reading[bucket.Count];
        for (var i = 0; i < readings.Length; i++)
        {
            var slot = bucket[i];
            readings[i] = new Reading(
                register, (long)day * BatchExecution.SecondsPerDay + slot.Offset, slot.Duration, slot.Quantity, slot.Quality, slot.Revision);
        }

        return readings;
    }

    private T? Read<T>(Hash32 key, Func<ReadOnlyMemory<byte>, T> decode)
        where T : class, IStateRecord => Map.TryGet(key, out var bytes) ? decode(bytes) : null;

    private T Require<T>(Hash32 key, Func<ReadOnlyMemory<byte>, T> decode)
        where T : class, IStateRecord => Read(key, decode) ?? throw new InvalidOperationException($"The state holds nothing under {key}: it is not the state of a chain.");
}
