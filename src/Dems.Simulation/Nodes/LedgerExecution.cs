using Dems.Core.Ledger;
using Dems.Core.Ledger.Entries;
using Dems.Core.Ledger.Execution;
using Dems.Replication.Ports;

namespace Dems.Simulation.Nodes;

/// <summary>Executes blocks as the product does: on the ledger's own state.</summary>
internal sealed class LedgerExecution : ISimulatedExecutor
{
    private LedgerState _state;

    public LedgerExecution(Genesis genesis, string pool)
    {
        _state = LedgerState.AtGenesis(genesis, pool);
        Roots = ExecutedRoots.AtGenesis(_state);
    }

    public ExecutedRoots Roots { get; private set; }

    public ExecutedRoots Execute(DecidedBlock block, IReadOnlyList<OpenedEntry> entries)
    {
        var result = BlockExecutor.Execute(_state, block.Block.Header, entries);
        _state = result.State;
        return Roots = ExecutedRoots.Of(block.Height, result);
    }
}
