using Dems.Core.Consensus;
using Dems.Core.Ledger;
using Dems.Replication.Ports;
using Dems.Replication.Protocol;
using Dems.Simulation.World;

namespace Dems.Simulation.Oracle;

/// <summary>
/// Judges a run by what can be seen from outside, with records and arithmetic of its own: it calls no rule of the product. What Byzantine members do is not
/// held against the product; what members with a damaged disk do is.
/// </summary>
internal sealed class SafetyOracle(Trace trace, int members, IReadOnlyCollection<int> byzantine)
{
    private readonly List<string> _violations = [];
    private readonly SignatureRecord _signatures = new();
    private readonly ChainRecord _chain = new(members);
    private readonly PromiseRecord _promises = new();

    /// <summary>What went wrong; empty so far if nothing did.</summary>
    public IReadOnlyList<string> Violations => _violations;

    /// <summary>Blocks decided.</summary>
    public long Blocks => _chain.Blocks;

    /// <summary>Entries ordered.</summary>
    public long Entries => _chain.Entries;

    /// <summary>Entries promised or submitted after the faults ended.</summary>
    public long Promises => _promises.Count;

    public void Violate(string what)
    {
        trace.Add(-1, "VIOLATION", detail: () => what);
        _violations.Add(what);
    }

    /// <summary>A client signed an entry.</summary>
    public void Submitted(LeafHash leaf, ContentId content) => _chain.Submitted(leaf, content);

    /// <summary>f + 1 members promised these contents, or an honest one took them when all was well.</summary>
    public void Promised(IEnumerable<ContentId> contents) => _promises.Add(contents);

    public void Said(int member, PeerMessage message)
    {
        if (!byzantine.Contains(member) && _signatures.Said(member, message) is { } violation)
        {
            Violate(violation);
        }
    }

    public void Started(int member, IReadOnlyList<DecidedBlock> blocks, bool damaged)
    {
        if (!byzantine.Contains(member) && _chain.Started(member, blocks, damaged) is { } violation)
        {
            Violate(violation);
        }
    }

    public void Committed(int member, DecidedBlock block, ExecutedRoots roots)
    {
        if (byzantine.Contains(member))
        {
            return;
        }

        // A member alone says nothing to anybody before it decides.
        foreach (var signature in block.Certificate.Signatures.Where(s => members > 1 && !byzantine.Contains(s.Validator)))
        {
            if (_signatures.Precommitted(signature.Validator, block) is { } forged)
            {
                Violate($"member {member}: {forged}");
            }
        }

        if (_chain.Committed(member, block, roots) is { } violation)
        {
            Violate(violation);
        }
    }

    public void Accused(int member, Evidence evidence)
    {
        if (!byzantine.Contains(member) && !byzantine.Contains(evidence.Validator))
        {
            Violate($"member {member} accuses honest member {evidence.Validator} of a double {evidence.Kind} at {evidence.Height}, round {evidence.Round}");
        }
    }

    /// <summary>What is still missing at members that are not Byzantine; null once every promise is kept everywhere.</summary>
    public string? Missing()
    {
        for (var member = 0; member < members; member++)
        {
            if (!byzantine.Contains(member) && _promises.Contents.FirstOrDefault(c => !_chain.Holds(member, c)) is var missing && !missing.Value.IsZero)
            {
                return $"member {member} at block {_chain.HeadOf(member)} lacks {missing}";
            }
        }

        return null;
    }
}
