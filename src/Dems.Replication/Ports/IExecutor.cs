using Dems.Core.Consensus;
using Dems.Core.Ledger;

namespace Dems.Replication.Ports;

/// <summary>Executes decided blocks in order and holds the resulting state (the Pool grain; the state machine itself in tests and in the simulation).</summary>
public interface IExecutor
{
    /// <summary>Roots after the newest executed block; at genesis those of the genesis state.</summary>
    ValueTask<ExecutedRoots> ReadRootsAsync(CancellationToken cancellationToken);

    /// <summary>Who decides a height, at least 1; null if it lies more than two above the newest executed block, since blocks in between may still change that.</summary>
    ValueTask<ValidatorSet?> ReadValidatorsAsync(Height height, CancellationToken cancellationToken);

    /// <summary>Executes the block after the newest executed one. Executing that one again gives the same answer.</summary>
    ValueTask<ExecutedRoots> ExecuteAsync(DecidedBlock block, CancellationToken cancellationToken);
}
