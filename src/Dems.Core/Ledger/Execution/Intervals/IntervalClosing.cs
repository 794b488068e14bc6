using Dems.Core.Energy;

namespace Dems.Core.Ledger.Execution.Intervals;

/// <summary>
/// Closes intervals by block time (DESIGN of closing: <see cref="IntervalRules"/>): those that are complete or corrected and those whose grace period is over, in the order of
/// their starts, at most <see cref="MaxWork"/> per block; the next block goes on.
/// </summary>
internal sealed class IntervalClosing : DueSource
{
    /// <summary>Nodes times intervals that one block allocates, unless a single interval has more nodes.</summary>
    public const int MaxWork = 200_000;

    /// <inheritdoc/>
    public override BlockTime? Next(StateDraft draft)
    {
        var next = IntervalRules.Never;
        foreach (var carrier in Enum.GetValues<Carrier>())
        {
            next = Math.Min(next, draft.Get(StateKeys.IntervalAgenda(carrier), StateDecoders.IntervalAgenda)?.Next ?? IntervalRules.Never);
        }

        return next == IntervalRules.Never ? null : new BlockTime(next * 1_000);
    }

    /// <inheritdoc/>
    public override void Run(StateDraft draft, BlockHeader header, List<ResultRow> rows)
    {
        var terms = draft.Get(StateKeys.PoolTerms, StateDecoders.PoolTerms)!.Terms;
        var run = new ClosingRun(draft, header, terms, rows);
        var work = 0;
        foreach (var (span, carrier) in run.Due())
        {
            work += run.NodesOf(carrier);
            if (work > MaxWork && work > run.NodesOf(carrier))
            {
                break;
            }

            run.Close(span, carrier);
        }

        run.Finish();
    }
}
