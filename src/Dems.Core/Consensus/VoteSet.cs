using System.Collections.Immutable;
using Dems.Core.Ledger;

namespace Dems.Core.Consensus;

/// <summary>
/// The votes of one type in one round; immutable. A validator counts once among the voters, by its first vote. A second vote for another block may
/// be added where the height wants it (see <see cref="Reception"/>): it counts for its own block only, as in the paper's message log, where two
/// quorums for different blocks still share a correct validator.
/// </summary>
internal sealed class VoteSet
{
    private readonly int _quorum;
    private readonly Vote?[] _first;
    private readonly ImmutableArray<Vote> _second;
    private readonly ImmutableArray<(BlockHash Block, int Votes)> _tally;
    private readonly UInt128 _reported;

    private VoteSet(
        int quorum, Vote?[] first, int voters, ImmutableArray<Vote> second, ImmutableArray<(BlockHash Block, int Votes)> tally, UInt128 reported)
    {
        _quorum = quorum;
        _first = first;
        Voters = voters;
        _second = second;
        _tally = tally;
        _reported = reported;
        foreach (var (block, votes) in tally)
        {
            QuorumBlock = votes >= quorum ? block : QuorumBlock;
        }
    }

    /// <summary>Validators that voted.</summary>
    public int Voters { get; }

    /// <summary>Whether q validators voted, for whatever (paper, lines 34 and 47).</summary>
    public bool HasQuorumOfAny => Voters >= _quorum;

    /// <summary>The block (all zero: nil) with q votes, null if none has them. Two have them only when more than f validators vote twice.</summary>
    public BlockHash? QuorumBlock { get; }

    /// <summary>No votes yet.</summary>
    public static VoteSet Empty(ValidatorSet validators) => new(validators.Quorum, new Vote?[validators.Count], 0, [], [], UInt128.Zero);

    /// <summary>The first vote of a validator.</summary>
    public Vote? Of(int validator) => _first[validator];

    /// <summary>Whether a vote of this validator for this block is held.</summary>
    public bool Contains(int validator, BlockHash block) =>
        _first[validator]?.Block == block || _second.Any(vote => vote.Validator == validator && vote.Block == block);

    /// <summary>Whether q validators voted for the block.</summary>
    public bool HasQuorumFor(BlockHash block) => _tally.Any(entry => entry.Block == block && entry.Votes >= _quorum);

    /// <summary>Votes for a block, ascending by validator.</summary>
    public IEnumerable<Vote> For(BlockHash block) => All().Where(vote => vote.Block == block).OrderBy(vote => vote.Validator);

    /// <summary>One vote of each voter, whatever for, ascending by validator.</summary>
    public IEnumerable<Vote> OfAny() => _first.OfType<Vote>();

    /// <summary>All votes held, first votes before second ones, each ascending by validator.</summary>
    public IEnumerable<Vote> All() => OfAny().Concat(_second.OrderBy(vote => vote.Validator).ThenBy(vote => vote.Block));

    /// <summary>With a vote that is not contained yet.</summary>
    public VoteSet With(Vote vote)
    {
        if (_first[vote.Validator] is not null)
        {
            return new(_quorum, _first, Voters, _second.Add(vote), Counted(vote.Block), _reported);
        }

        var first = (Vote?[])_first.Clone();
        first[vote.Validator] = vote;
        return new(_quorum, first, Voters + 1, _second, Counted(vote.Block), _reported);
    }

    /// <summary>Without the votes of a validator.</summary>
    public VoteSet Without(int validator)
    {
        var set = new VoteSet(_quorum, new Vote?[_first.Length], 0, [], [], _reported);
        return All().Where(vote => vote.Validator != validator).Aggregate(set, (votes, vote) => votes.With(vote));
    }

    /// <summary>Whether evidence against a validator was reported from this set.</summary>
    public bool IsReported(int validator) => (_reported >> validator & UInt128.One) != UInt128.Zero;

    /// <summary>Remembers that evidence was reported.</summary>
    public VoteSet WithReported(int validator) => new(_quorum, _first, Voters, _second, _tally, _reported | UInt128.One << validator);

    private ImmutableArray<(BlockHash Block, int Votes)> Counted(BlockHash block)
    {
        for (var i = 0; i < _tally.Length; i++)
        {
            if (_tally[i].Block == block)
            {
                return _tally.SetItem(i, (block, _tally[i].Votes + 1));
            }
        }

        return _tally.Add((block, 1));
    }
}
