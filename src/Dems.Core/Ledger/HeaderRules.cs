namespace Dems.Core.Ledger;

/// <summary>
/// Validity of a header: a function of the previous block and of the block itself, never of a clock, so that every honest validator judges alike and a
/// re-proposal stays as valid as it was.
/// </summary>
public static class HeaderRules
{
    /// <summary>The header of a fresh block in a round. Its time must be later than the previous block's.</summary>
    public static BlockHeader Build(ParentContext parent, int round, BlockTime time, IReadOnlyList<LeafHash> leaves)
    {
        var frontier = parent.Frontier.AppendAll(leaves.Select(l => l.Value));
        return new BlockHeader
        {
            ProtocolVersion = parent.ProtocolVersion,
            Chain = parent.Chain,
            Height = parent.Height.Next,
            Round = round,
            Time = time,
            Proposer = parent.Validators.ProposerOf(parent.Height.Next, round),
            Previous = parent.Hash,
            TreeSize = frontier.Size,
            TreeRoot = frontier.Root,
            ResultsRoot = parent.ResultsRoot,
            StateRoot = parent.StateRoot,
            Validators = parent.Validators.Hash,
            NextValidators = parent.NextValidators.Hash,
        };
    }

    /// <summary>Why the header does not continue the chain with these leaves; null if it does.</summary>
    public static string? Refusal(BlockHeader header, ParentContext parent, IReadOnlyList<LeafHash> leaves)
    {
        if (header.Time <= parent.Time)
        {
            return $"time {header.Time.UnixMilliseconds} is not after the previous block's {parent.Time.UnixMilliseconds}";
        }

        if (leaves.Count > Block.MaxEntries)
        {
            return $"{leaves.Count} entries, at most {Block.MaxEntries} are allowed";
        }

        var seen = new HashSet<LeafHash>(leaves.Count);
        foreach (var leaf in leaves)
        {
            if (!seen.Add(leaf))
            {
                return $"names entry {leaf} twice";
            }
        }

        // All but round and time is determined by the parent.
        var expected = Build(parent, header.Round, header.Time, leaves);
        return header == expected ? null : Difference(header, expected);
    }

    private static string Difference(BlockHeader header, BlockHeader expected)
    {
        if (header.ProtocolVersion != expected.ProtocolVersion)
        {
            return $"protocol version {header.ProtocolVersion}, {expected.ProtocolVersion} is in force";
        }

        if (header.Chain != expected.Chain || header.Height != expected.Height || header.Previous != expected.Previous)
        {
            return $"does not follow block {expected.Previous} at height {expected.Height} of chain {expected.Chain}";
        }

        if (header.Proposer != expected.Proposer)
        {
            return $"proposer {header.Proposer}, it is the turn of {expected.Proposer}";
        }

        if (header.TreeSize != expected.TreeSize || header.TreeRoot != expected.TreeRoot)
        {
            return $"tree {header.TreeSize} {header.TreeRoot}, the entries give {expected.TreeSize} {expected.TreeRoot}";
        }

        if (header.ResultsRoot != expected.ResultsRoot)
        {
            return $"results root {header.ResultsRoot}, execution gave {expected.ResultsRoot}";
        }

        return header.StateRoot != expected.StateRoot
            ? $"state root {header.StateRoot}, execution gave {expected.StateRoot}"
            : "names other validators than the state does";
    }
}
