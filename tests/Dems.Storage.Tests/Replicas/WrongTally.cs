using Dems.Core;
using Dems.Core.Consensus;
using Dems.Core.Governance;
using Dems.Core.Ledger;
using Dems.Core.Ledger.Execution;
using Dems.Replication.Ports;

namespace Dems.Storage.Tests.Replicas;

/// <summary>Executes honestly until a block tallies a ballot while it is this member's turn to propose the next one: then it says that the ballot was rejected.</summary>
internal sealed class WrongTally(int member, int members, IExecutor honest, Func<Height, ExecutionResult?> resultOf) : IExecutor
{
    /// <summary>The block whose tally it tells wrongly; genesis while there was none.</summary>
    public Height LiedAt { get; private set; }

    public ValueTask<ExecutedRoots> ReadRootsAsync(CancellationToken cancellationToken) => honest.ReadRootsAsync(cancellationToken);

    public ValueTask<ValidatorSet?> ReadValidatorsAsync(Height height, CancellationToken cancellationToken) => honest.ReadValidatorsAsync(height, cancellationToken);

    public async ValueTask<ExecutedRoots> ExecuteAsync(DecidedBlock block, CancellationToken cancellationToken)
    {
        var roots = await honest.ExecuteAsync(block, cancellationToken);
        var tally = resultOf(block.Height)?.Further.OfType<BallotTally>().FirstOrDefault();
        if (tally is null || LiedAt != Height.Genesis || block.Height.Next.Value % members != member)
        {
            return roots;
        }

        LiedAt = block.Height;
        var lie = tally with { Decision = BallotDecision.RejectedThreshold };
        return roots with { ResultsRoot = Hash32.Of(lie.Encode()) };
    }
}
