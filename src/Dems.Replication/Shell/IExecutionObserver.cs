using Dems.Core.Ledger.Entries;
using Dems.Core.Ledger.Execution;
using Dems.Replication.Ports;

namespace Dems.Replication.Shell;

/// <summary>Hears what execution gave, in block order and once per execution: feeds projections. A block is executed again after a restart, so hearing one twice must change nothing.</summary>
public interface IExecutionObserver
{
    /// <summary>A block was executed. Called before the next one is; returns at once.</summary>
    void Executed(DecidedBlock block, IReadOnlyList<OpenedEntry> entries, ExecutionResult result);
}
