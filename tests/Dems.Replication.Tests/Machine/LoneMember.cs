using Dems.Core;
using Dems.Core.Energy;
using Dems.Core.Ledger;
using Dems.Core.Ledger.Merkle;
using Dems.Replication.Machine;
using Dems.Replication.Ports;

namespace Dems.Replication.Tests.Machine;

/// <summary>The only member of a network, without any entry; the test plays its disk, its clock and the execution of its blocks.</summary>
internal sealed class LoneMember
{
    private readonly ReplicaMachine _machine;
    private readonly Func<DecidedBlock, ExecutedRoots> _execute;

    /// <param name="created">When the network was set up, and the machine starts.</param>
    /// <param name="nextDue">What is scheduled from the start.</param>
    /// <param name="execute">What a block gives; told the roots so far.</param>
    /// <param name="protocolVersion">Protocol version of the first block.</param>
    public LoneMember(BlockTime created, BlockTime? nextDue, Func<ExecutedRoots, DecidedBlock, ExecutedRoots> execute, int protocolVersion = 1)
    {
        var key = new KeyedHash("member");
        var genesis = new Genesis
        {
            Network = "lone",
            CreatedAt = created,
            Members = [new GenesisMember("m", key.PublicKey)],
            Pools = [new GenesisPool("pool", "Europe/Vienna", [Carrier.Electricity])],
        };
        var identity = new ReplicaIdentity(genesis, genesis.ChainOf("pool"), 0, key, KeyedHash.Verifier);
        var roots = new ExecutedRoots(
            Height.Genesis, MerkleHash.Empty, Hash32.Of("state"u8), Changed: false, genesis.Validators, genesis.Validators, protocolVersion, nextDue);
        var tip = new ChainTip(Head: null, new BlockHash(genesis.Hash), created, MerkleFrontier.Empty, roots);
        var row = new SafetyRow(1, 1, default, ReadOnlyMemory<byte>.Empty);
        _execute = block => roots = execute(roots, block);
        _machine = new ReplicaMachine(identity, new ReplicaLimits(), new ReplicaStart(tip, [], row, default(SafetyPosition), Nonce: 1));
        CarryOut(_machine.Begin(created), created);
    }

    /// <summary>Decided blocks so far.</summary>
    public List<Block> Blocks { get; } = [];

    /// <summary>Why the machine stopped; null while it runs.</summary>
    public string? StopReason { get; private set; }

    /// <summary>The housekeeping tick at a time.</summary>
    public void Tick(BlockTime now) => CarryOut(_machine.Step(new ReplicaInput.TimerFired(new ReplicaTimer.Tick()), now), now);

    private void CarryOut(IReadOnlyList<ReplicaEffect> effects, BlockTime now)
    {
        foreach (var effect in effects)
        {
            switch (effect)
            {
                case ReplicaEffect.WriteSafety e:
                    CarryOut(_machine.Step(new ReplicaInput.SafetyWritten(e.Row), now), now);
                    break;
                case ReplicaEffect.CommitBlock e:
                    Blocks.Add(e.Block.Block);
                    CarryOut(_machine.Step(new ReplicaInput.BlockCommitted(e.Block, _execute(e.Block)), now), now);
                    break;
                case ReplicaEffect.Stop e:
                    StopReason = e.Reason;
                    break;
            }
        }
    }
}
