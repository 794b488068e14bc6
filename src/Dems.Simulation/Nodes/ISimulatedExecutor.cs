using Dems.Core.Ledger.Entries;
using Dems.Replication.Ports;

namespace Dems.Simulation.Nodes;

/// <summary>Executes decided blocks in order, in memory; started anew it executes the chain again.</summary>
internal interface ISimulatedExecutor
{
    /// <summary>Roots after the newest block.</summary>
    ExecutedRoots Roots { get; }

    /// <summary>Executes the next block.</summary>
    ExecutedRoots Execute(DecidedBlock block, IReadOnlyList<OpenedEntry> entries);
}
