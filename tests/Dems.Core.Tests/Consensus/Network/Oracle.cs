using Dems.Core.Consensus;
using Dems.Core.Ledger;

namespace Dems.Core.Tests.Consensus.Network;

/// <summary>
/// Watches everything that is signed and decided, and knows only the paper's claims: it counts for itself and calls nothing of the machine.
/// </summary>
internal sealed class Oracle(int validators, IReadOnlySet<int> liars)
{
    private readonly Dictionary<(int Round, VoteType Type, BlockHash Block), HashSet<int>> _votes = [];
    private readonly Dictionary<(int Validator, int Round, VoteType? Type), (BlockHash Block, int ValidRound)> _signed = [];
    private readonly Dictionary<int, HashSet<BlockHash>> _held = [];
    private readonly Dictionary<int, (int Round, BlockHash Block)> _lastPrecommit = [];
    private readonly Dictionary<int, (int Round, RoundStep Step)> _rows = [];
    private readonly HashSet<BlockHash> _proposed = [];
    private BlockHash? _decided;

    private int Quorum { get; } = validators - (validators - 1) / 3;

    /// <summary>Bodies of the block are durable and opened at the member.</summary>
    public void Held(int member, BlockHash block)
    {
        if (!_held.TryGetValue(member, out var blocks))
        {
            _held[member] = blocks = [];
        }

        blocks.Add(block);
    }

    /// <summary>A liar's signature needs no justification, but counts.</summary>
    public void Lied(Vote vote) => Count(vote);

    public void Lied(Proposal proposal) => _proposed.Add(proposal.BlockHash);

    public void Signed(Vote vote, SafetySnapshot safety)
    {
        Require(!liars.Contains(vote.Validator), "an honest vote of a liar");
        Once((vote.Validator, vote.Round, vote.Type), (vote.Block, -1));
        Advance(vote.Validator, safety);
        Count(vote);
        if (vote.IsNil)
        {
            return;
        }

        Require(_held.TryGetValue(vote.Validator, out var held) && held.Contains(vote.Block), $"{vote.Validator} voted for a block whose bodies it lacks");
        if (vote.Type == VoteType.Precommit)
        {
            Require(Votes(vote.Round, VoteType.Prevote, vote.Block) >= Quorum, $"{vote.Validator} precommitted without a quorum of prevotes");
            _lastPrecommit[vote.Validator] = (vote.Round, vote.Block);
        }
        else if (_lastPrecommit.TryGetValue(vote.Validator, out var last) && last.Block != vote.Block)
        {
            var justified = Enumerable.Range(last.Round, vote.Round - last.Round).Any(round => Votes(round, VoteType.Prevote, vote.Block) >= Quorum);
            Require(justified, $"{vote.Validator} prevoted against its lock of round {last.Round} in round {vote.Round}");
        }
    }

    public void Signed(Proposal proposal, SafetySnapshot safety)
    {
        Once((proposal.Proposer, proposal.Round, null), (proposal.BlockHash, proposal.ValidRound));
        Advance(proposal.Proposer, safety);
        _proposed.Add(proposal.BlockHash);
        if (proposal.ValidRound >= 0)
        {
            Require(Votes(proposal.ValidRound, VoteType.Prevote, proposal.BlockHash) >= Quorum, $"{proposal.Proposer} proposed again without a quorum");
        }
    }

    public void Decided(int member, Block block, CommitCertificate certificate)
    {
        Require(_proposed.Contains(certificate.Block) && Given.HashOf(block) == certificate.Block, $"{member} decided what nobody proposed");
        Require(Member.IsValid(block), $"{member} decided an invalid block");
        Require(_held.TryGetValue(member, out var held) && held.Contains(certificate.Block), $"{member} decided a block whose bodies it lacks");
        Require(certificate.Signatures.Select(signature => signature.Validator).Distinct().Count() == Quorum, "a certificate without exactly a quorum");
        Require(
            certificate.Signatures.All(signature => _votes[(certificate.Round, VoteType.Precommit, certificate.Block)].Contains(signature.Validator)),
            "a certificate with a signature that nobody made");
        Require(_decided is null || _decided == certificate.Block, $"{member} decided {certificate.Block}, another {_decided}");
        _decided = certificate.Block;
    }

    public static void Require(bool holds, string claim)
    {
        if (!holds)
        {
            throw new InvalidOperationException(claim);
        }
    }

    private void Once((int Validator, int Round, VoteType? Type) key, (BlockHash Block, int ValidRound) content)
    {
        Require(_signed.TryAdd(key, content), $"{key.Validator} signed twice in round {key.Round}: {key.Type?.ToString() ?? "proposal"}");
    }

    private void Advance(int member, SafetySnapshot safety)
    {
        var row = (safety.Round, safety.Step);
        Require(!_rows.TryGetValue(member, out var last) || row.CompareTo(last) >= 0, $"the row of {member} went back from {last} to {row}");
        _rows[member] = row;
    }

    private void Count(Vote vote)
    {
        var key = (vote.Round, vote.Type, vote.Block);
        if (!_votes.TryGetValue(key, out var voters))
        {
            _votes[key] = voters = [];
        }

        voters.Add(vote.Validator);
    }

    private int Votes(int round, VoteType type, BlockHash block) => _votes.TryGetValue((round, type, block), out var voters) ? voters.Count : 0;
}
