namespace Dems.Contracts.Queries;

/// <summary>A ballot.</summary>
/// <param name="Ballot">Content id of its proposal in hexadecimal: what votes name.</param>
/// <param name="Number">Its place in the order of proposals, from 0.</param>
/// <param name="Kind">What it decides about: rule, tariff, admission, ….</param>
/// <param name="Phase">Where it stands: notice, open, accepted, rejected, effective, failed.</param>
/// <param name="Text">What the electors read.</param>
/// <param name="Proposes">In a sentence what would change.</param>
/// <param name="Payload">Canonical bytes of what is proposed, base64.</param>
/// <param name="Proposer">Address of the party, or of the member's key, that proposed it.</param>
/// <param name="ProposedAt">Time of the block that holds the proposal.</param>
/// <param name="OpensAt">Block time from which on votes count.</param>
/// <param name="Deadline">Block time from which on they no longer do.</param>
/// <param name="EffectiveFrom">Block time of the effect.</param>
/// <param name="Rule">How it is counted.</param>
/// <param name="Count">What was counted so far; final from the tally on.</param>
[GenerateSerializer]
[Immutable]
[Alias("dems.BallotView")]
public sealed record BallotView(
    [property: Id(0)] string Ballot,
    [property: Id(1)] long Number,
    [property: Id(2)] string Kind,
    [property: Id(3)] string Phase,
    [property: Id(4)] string Text,
    [property: Id(5)] string Proposes,
    [property: Id(6)] string Payload,
    [property: Id(7)] string Proposer,
    [property: Id(8)] DateTimeOffset ProposedAt,
    [property: Id(9)] DateTimeOffset OpensAt,
    [property: Id(10)] DateTimeOffset Deadline,
    [property: Id(11)] DateTimeOffset EffectiveFrom,
    [property: Id(12)] TallyRuleView Rule,
    [property: Id(13)] BallotCountView Count)
{
    /// <summary>What the tally said: accepted, rejected for want of quorum or of threshold; null before.</summary>
    [Id(14)]
    public string? Decision { get; init; }

    /// <summary>What became of the effect: <c>applied</c>, <c>duplicate</c> or <c>refused</c>; null before it, and if there is none.</summary>
    [Id(15)]
    public string? Effect { get; init; }

    /// <summary>The same in a sentence.</summary>
    [Id(16)]
    public string? EffectReason { get; init; }
}
