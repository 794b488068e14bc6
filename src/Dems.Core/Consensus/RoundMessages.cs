namespace Dems.Core.Consensus;

/// <summary>What is held of one round.</summary>
internal sealed record RoundMessages
{
    /// <summary>The first proposal of the round's proposer.</summary>
    public Proposal? Proposal { get; init; }

    /// <summary>Whether that proposal is to be answered with nil for a reason seen at receipt: see <see cref="ProposalRules.IsAcceptable"/>.</summary>
    public bool ProposalRefused { get; init; }

    /// <summary>Whether evidence of a second proposal was reported.</summary>
    public bool ProposerReported { get; init; }

    /// <summary>Prevotes.</summary>
    public required VoteSet Prevotes { get; init; }

    /// <summary>Precommits.</summary>
    public required VoteSet Precommits { get; init; }

    /// <summary>Nothing yet.</summary>
    public static RoundMessages Empty(ValidatorSet validators)
    {
        var none = VoteSet.Empty(validators);
        return new() { Prevotes = none, Precommits = none };
    }

    /// <summary>Whether nothing is held.</summary>
    public bool IsEmpty => Proposal is null && Prevotes.Voters == 0 && Precommits.Voters == 0;

    /// <summary>The votes of a type.</summary>
    public VoteSet Votes(VoteType type) => type == VoteType.Prevote ? Prevotes : Precommits;

    /// <summary>With other votes of a type.</summary>
    public RoundMessages WithVotes(VoteType type, VoteSet votes) =>
        type == VoteType.Prevote ? this with { Prevotes = votes } : this with { Precommits = votes };

    /// <summary>Whether anything of a validator is held.</summary>
    public bool HasMessageOf(int validator) =>
        Proposal?.Proposer == validator || Prevotes.Of(validator) is not null || Precommits.Of(validator) is not null;

    /// <summary>Without the messages of a validator.</summary>
    public RoundMessages Without(int validator) => this with
    {
        Proposal = Proposal?.Proposer == validator ? null : Proposal,
        ProposalRefused = Proposal?.Proposer != validator && ProposalRefused,
        Prevotes = Prevotes.Without(validator),
        Precommits = Precommits.Without(validator),
    };
}
