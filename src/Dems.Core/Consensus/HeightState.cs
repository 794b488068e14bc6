using System.Collections.Immutable;
using Dems.Core.Ledger;
using Dems.Core.Ledger.Encoding;

namespace Dems.Core.Consensus;

/// <summary>
/// One validator's state of one height: the variables of the paper's Algorithm 1 (lines 1–9) and the messages held. Immutable; only
/// <see cref="Tendermint.Step"/> makes successors.
/// </summary>
public sealed record HeightState
{
    /// <summary>Highest round that messages may name: 2³⁰. No network gets there; it keeps round arithmetic inside an int.</summary>
    public const int MaxRound = 1 << 30;

    /// <summary>Rounds behind the current one that are held, besides those that a held proposal or the own validValue refers to.</summary>
    public const int PastRounds = 64;

    /// <summary>Rounds ahead of the current one in which messages of one validator are held: its latest. Of older ones only the highest round number is remembered.</summary>
    public const int FutureRoundsPerValidator = 4;

    private HeightState(ChainId chain, Height height, ValidatorSet validators, int? self, ConsensusTimeouts timeouts)
    {
        Chain = chain;
        Height = height;
        Validators = validators;
        Self = self;
        Timeouts = timeouts;
        HighestRounds = [.. Enumerable.Repeat(-1, validators.Count)];
        NoMessages = RoundMessages.Empty(validators);
    }

    /// <summary>The chain.</summary>
    public ChainId Chain { get; }

    /// <summary>The paper's h_p, at least 1.</summary>
    public Height Height { get; }

    /// <summary>The validators of this height.</summary>
    public ValidatorSet Validators { get; }

    /// <summary>Index of this validator; null only observes: it never votes or proposes, but decides.</summary>
    public int? Self { get; }

    /// <summary>The waits.</summary>
    public ConsensusTimeouts Timeouts { get; }

    /// <summary>Whether <see cref="ConsensusInput.Start"/> was given. Before, messages are only held.</summary>
    public bool Started { get; internal init; }

    /// <summary>Whether the height is over; further inputs change nothing.</summary>
    public bool Decided { get; internal init; }

    /// <summary>The paper's round_p, from 0; never decreases.</summary>
    public int Round { get; internal init; }

    /// <summary>The paper's step_p.</summary>
    public RoundStep Step { get; internal init; } = RoundStep.Propose;

    /// <summary>The paper's lockedRound_p, −1 if none.</summary>
    public int LockedRound { get; internal init; } = -1;

    /// <summary>The paper's lockedValue_p by its hash; all zero if none.</summary>
    public BlockHash LockedBlock { get; internal init; }

    /// <summary>The paper's validRound_p, −1 if none; at least <see cref="LockedRound"/>.</summary>
    public int ValidRound { get; internal init; } = -1;

    /// <summary>The paper's validValue_p, null if none.</summary>
    public Block? ValidBlock { get; internal init; }

    /// <summary>Hash of <see cref="ValidBlock"/>; all zero if none.</summary>
    public BlockHash ValidBlockHash { get; internal init; }

    /// <summary>Precommits of q validators for one block, once seen; the block itself may still be missing.</summary>
    public CommitCertificate? Certificate { get; internal init; }

    /// <summary>What must be durable before a message signed in this state leaves.</summary>
    public SafetySnapshot Safety => new(Height, Round, Step, LockedRound, LockedBlock, ValidRound, ValidBlock)
    {
        Justification = [.. PrevotesForValidBlock(), .. PrecommitsOfTheRoundBefore()],
    };

    /// <summary>The proposal of the current round, if it came.</summary>
    public Proposal? CurrentProposal => MessagesOf(Round).Proposal;

    /// <summary>Lines 34 and 47 fire for the first time only: whether they did in the current round.</summary>
    internal bool PrevoteTimeoutStarted { get; init; }

    /// <inheritdoc cref="PrevoteTimeoutStarted"/>
    internal bool PrecommitTimeoutStarted { get; init; }

    /// <summary>Whether the block of <see cref="Certificate"/> was asked for.</summary>
    internal bool FetchStarted { get; init; }

    /// <summary>Latest round in which this validator may have signed a proposal, −1 if none. Survives a restart as the snapshot's round, since the snapshot does not say.</summary>
    internal int LastProposedRound { get; init; } = -1;

    /// <summary>Latest round for which a block of its own was asked for.</summary>
    internal int LastRequestedRound { get; init; } = -1;

    /// <summary>Messages by round; rounds without messages are absent.</summary>
    internal ImmutableSortedDictionary<int, RoundMessages> Rounds { get; init; } = ImmutableSortedDictionary<int, RoundMessages>.Empty;

    /// <summary>Blocks of held proposals, of the certificate, and the validValue. Looked up by hash, never enumerated into a result.</summary>
    internal ImmutableDictionary<BlockHash, KnownBlock> Blocks { get; init; } = ImmutableDictionary<BlockHash, KnownBlock>.Empty;

    /// <summary>Highest round that each validator was heard of in, −1 if never: all that line 55 needs, however far ahead the rounds are.</summary>
    internal ImmutableArray<int> HighestRounds { get; init; }

    /// <summary>A round without messages, shared.</summary>
    internal RoundMessages NoMessages { get; }

    /// <summary>A height that nothing was signed for yet.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The height is genesis, or self is no index of the set.</exception>
    public static HeightState Create(ChainId chain, Height height, ValidatorSet validators, int? self, ConsensusTimeouts timeouts)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(height.Value, 1L, nameof(height));
        if (self is < 0 || self >= validators.Count)
        {
            throw new ArgumentOutOfRangeException(nameof(self), self, $"One of {validators.Count} validators, from 0.");
        }

        return new(chain, height, validators, self, timeouts);
    }

    /// <summary>
    /// A height after a restart: continues at the recorded round and step, and signs nothing that the snapshot's round and step say was signed, even if
    /// the own recorded messages are not given back. Giving them back as inputs, best before Start, lets them count here too.
    /// </summary>
    /// <exception cref="ArgumentException">The snapshot is of another height or breaks its own bounds: a damaged row must not vote.</exception>
    public static HeightState Restore(
        ChainId chain, Height height, ValidatorSet validators, int? self, ConsensusTimeouts timeouts, SafetySnapshot snapshot)
    {
        var validHash = snapshot.ValidBlock is null ? default : HeaderCodec.Hash(snapshot.ValidBlock.Header);
        if (snapshot.Height != height || !IsSound(snapshot) || snapshot.Justification.Any(vote => !Justifies(vote)))
        {
            throw new ArgumentException($"A safety snapshot that no machine of height {height} made.", nameof(snapshot));
        }

        var restored = Create(chain, height, validators, self, timeouts) with
        {
            Round = snapshot.Round,
            Step = snapshot.Step,
            LockedRound = snapshot.LockedRound,
            LockedBlock = snapshot.LockedBlock,
            ValidRound = snapshot.ValidRound,
            ValidBlock = snapshot.ValidBlock,
            ValidBlockHash = validHash,
            LastProposedRound = snapshot.Round,
        };
        if (snapshot.ValidBlock is { } valid)
        {
            // Held, so that a certificate over it needs nobody else; not valid by memory alone, since its bodies may be gone.
            restored = restored.WithBlock(validHash, new KnownBlock(valid, Source: null, BlockStatus.Unchecked));
        }

        return snapshot.Justification.Aggregate(restored, (state, vote) => Reception.OfVote(state, vote, []));

        bool Justifies(Vote vote) => vote.Type == VoteType.Prevote
            ? snapshot.ValidBlock is not null && vote.Round == snapshot.ValidRound && vote.Block == validHash
            : vote.Round == snapshot.Round - 1;
    }

    /// <summary>All votes held, by round, prevotes first, ascending by validator: what to retransmit while stuck.</summary>
    public IReadOnlyList<Vote> AllVotes() => [.. Rounds.Values.SelectMany(round => round.Prevotes.All().Concat(round.Precommits.All()))];

    /// <summary>All proposals held, by round.</summary>
    public IReadOnlyList<Proposal> AllProposals() => [.. Rounds.Values.Select(round => round.Proposal).OfType<Proposal>()];

    /// <summary>The first vote held of a validator, a round and a type.</summary>
    public Vote? VoteOf(int validator, int round, VoteType type) => MessagesOf(round).Votes(type).Of(validator);

    /// <summary>What is held of a round.</summary>
    internal RoundMessages MessagesOf(int round) => Rounds.GetValueOrDefault(round, NoMessages);

    /// <summary>What is known of a block, null if nothing.</summary>
    internal KnownBlock? BlockOf(BlockHash hash) => Blocks.GetValueOrDefault(hash);

    /// <summary>The paper's valid(v), false also while unknown.</summary>
    internal bool IsValid(BlockHash hash) => BlockOf(hash) is { Status: BlockStatus.Valid, Block: not null };

    /// <summary>With a changed round.</summary>
    internal HeightState WithMessages(int round, RoundMessages messages) =>
        this with { Rounds = messages.IsEmpty ? Rounds.Remove(round) : Rounds.SetItem(round, messages) };

    /// <summary>With a changed block.</summary>
    internal HeightState WithBlock(BlockHash hash, KnownBlock block) => this with { Blocks = Blocks.SetItem(hash, block) };

    private IEnumerable<Vote> PrevotesForValidBlock() =>
        ValidBlock is null ? [] : MessagesOf(ValidRound).Prevotes.For(ValidBlockHash).Take(Validators.Quorum);

    private IEnumerable<Vote> PrecommitsOfTheRoundBefore() =>
        MessagesOf(Round - 1).Precommits is { HasQuorumOfAny: true } precommits ? precommits.OfAny().Take(Validators.Quorum) : [];

    private static bool IsSound(SafetySnapshot snapshot) =>
        snapshot.Round is >= 0 and <= MaxRound
        && Enum.IsDefined(snapshot.Step)
        && snapshot.LockedRound >= -1
        && snapshot.ValidRound >= snapshot.LockedRound
        && snapshot.ValidRound <= (snapshot.Step == RoundStep.Precommit ? snapshot.Round : snapshot.Round - 1)
        && snapshot.LockedRound < 0 == snapshot.LockedBlock.Value.IsZero
        && snapshot.ValidRound < 0 == snapshot.ValidBlock is null;
}
