using Dems.Core.Ledger;

namespace Dems.Core.Governance;

/// <summary>A ballot as the state holds it.</summary>
/// <param name="Id">Content id of its proposal.</param>
/// <param name="Terms">What it is about.</param>
/// <param name="Standing">How far it has come.</param>
public sealed record Ballot(ContentId Id, BallotTerms Terms, BallotStanding Standing);
