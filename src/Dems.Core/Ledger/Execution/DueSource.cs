namespace Dems.Core.Ledger.Execution;

/// <summary>Something that happens because time passed, not because an entry says so. It reads and writes the state only, so that every member does the same in the same block.</summary>
internal abstract class DueSource
{
    /// <summary>The block time from which on a block must run this source; null if nothing is scheduled. Asked after every block, hence a few look-ups at most.</summary>
    public abstract BlockTime? Next(StateDraft draft);

    /// <summary>
    /// Does what is due at the block's time and adds its rows. Called once per block at or after <see cref="Next"/>. What exceeds a bound per
    /// block may stay due: the next block goes on with it.
    /// </summary>
    public abstract void Run(StateDraft draft, BlockHeader header, List<ResultRow> rows);
}
