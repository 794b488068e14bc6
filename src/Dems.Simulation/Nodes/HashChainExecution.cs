using Dems.Core;
using Dems.Core.Consensus;
using Dems.Core.Ledger;
using Dems.Core.Ledger.Entries;
using Dems.Core.Ledger.Merkle;
using Dems.Replication.Ports;

namespace Dems.Simulation.Nodes;

/// <summary>Executes blocks into a hash chain over their leaves: what consensus needs of execution, at the cost of a hash. Most seeds use it, so that there can be many.</summary>
internal sealed class HashChainExecution(ValidatorSet validators) : ISimulatedExecutor
{
    public ExecutedRoots Roots { get; private set; } =
        new(Height.Genesis, MerkleFrontier.Empty.Root, Hash32.Of("state of genesis"u8), Changed: false, validators, validators, ProtocolVersion: 1, NextDue: null);

    public ExecutedRoots Execute(DecidedBlock block, IReadOnlyList<OpenedEntry> entries)
    {
        if (block.Height != Roots.Height.Next)
        {
            throw new InvalidOperationException($"Block {block.Height} cannot be executed after block {Roots.Height}.");
        }

        var leaves = block.Block.Leaves;
        var state = Roots.StateRoot;
        var results = MerkleFrontier.Empty.Root;
        Span<byte> bytes = stackalloc byte[2 * Hash32.Size];
        foreach (var leaf in leaves)
        {
            state.CopyTo(bytes);
            leaf.Value.CopyTo(bytes[Hash32.Size..]);
            state = Hash32.Of(bytes);
            results = Hash32.Of(bytes[Hash32.Size..]);
        }

        Roots = new ExecutedRoots(block.Height, results, state, leaves.Count > 0, validators, validators, ProtocolVersion: 1, NextDue: null);
        return Roots;
    }
}
