namespace Dems.Core.Ledger.Execution;

/// <summary>
/// Sequence numbers are nonces: any unused value inside the window is valid in any order, a value above moves the window up. The window holds the
/// highest used number and everything at most <see cref="Chunks"/> − 1 chunks of 64 below its chunk.
/// </summary>
public static class SequenceWindow
{
    /// <summary>Chunks of a window: 128 · 64 = 8,192 sequence numbers.</summary>
    public const int Chunks = 128;

    internal static SequenceUse Check(StateDraft draft, Hash32 signer, long sequence, ContentId content)
    {
        if (draft.Get(StateKeys.SequenceHead(signer), StateDecoders.SequenceHead) is not { } head)
        {
            return SequenceUse.Free;
        }

        if (ChunkOf(sequence) < LowestChunk(head.Highest))
        {
            return SequenceUse.TooOld;
        }

        var index = (int)(sequence % SequenceChunk.Size);
        if (sequence > head.Highest || ChunkAt(draft, signer, sequence) is not { } chunk || !chunk.IsUsed(index))
        {
            return SequenceUse.Free;
        }

        return chunk.IsUsedBy(index, content) ? SequenceUse.UsedBySame : SequenceUse.UsedByOther;
    }

    /// <summary>
    /// An unused number for something that a key signs besides its owner's work: below the highest used one wherever there is one, since a number above would move the
    /// window past those that somebody else is counting up.
    /// </summary>
    /// <param name="draft">The state.</param>
    /// <param name="signer">Whose number.</param>
    /// <param name="skip">Unused numbers to pass over, at least 0.</param>
    internal static long FreeBelow(StateDraft draft, Hash32 signer, int skip)
    {
        if (draft.Get(StateKeys.SequenceHead(signer), StateDecoders.SequenceHead) is not { } head)
        {
            return skip;
        }

        var left = skip;
        for (var sequence = head.Highest - 1; sequence >= LowestChunk(head.Highest) * SequenceChunk.Size; sequence--)
        {
            if (ChunkAt(draft, signer, sequence)?.IsUsed((int)(sequence % SequenceChunk.Size)) != true && left-- == 0)
            {
                return sequence;
            }
        }

        return head.Highest + 1 + left;
    }

    /// <summary>Marks a free number as used and forgets what falls out of the window.</summary>
    internal static void Use(StateDraft draft, Hash32 signer, long sequence, ContentId content)
    {
        var headKey = StateKeys.SequenceHead(signer);
        var head = draft.Get(headKey, StateDecoders.SequenceHead);
        if (head is null || sequence > head.Highest)
        {
            draft.Set(headKey, new SequenceHead(sequence));
            if (head is not null)
            {
                var end = Math.Min(LowestChunk(sequence), ChunkOf(head.Highest) + 1);
                for (var old = LowestChunk(head.Highest); old < end; old++)
                {
                    draft.Remove(StateKeys.SequenceChunk(signer, old));
                }
            }
        }

        var chunk = ChunkAt(draft, signer, sequence) ?? new SequenceChunk();
        chunk.Use((int)(sequence % SequenceChunk.Size), content);
        draft.Set(StateKeys.SequenceChunk(signer, ChunkOf(sequence)), chunk);
    }

    private static SequenceChunk? ChunkAt(StateDraft draft, Hash32 signer, long sequence) =>
        draft.Get(StateKeys.SequenceChunk(signer, ChunkOf(sequence)), StateDecoders.SequenceChunk);

    private static long ChunkOf(long sequence) => sequence / SequenceChunk.Size;

    private static long LowestChunk(long highest) => Math.Max(0, ChunkOf(highest) - (Chunks - 1));
}
