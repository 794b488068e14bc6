namespace Dems.Contracts.Queries;

/// <summary>The tally of a ballot with all that certifies it; whoever holds the genesis document checks it offline.</summary>
/// <param name="Ballot">Content id of the proposal in hexadecimal.</param>
/// <param name="Height">The block that tallied: the first at or after the deadline.</param>
/// <param name="Row">Canonical bytes of the row: rule, sums, decision; base64.</param>
/// <param name="Proof">The certified row (CBOR), base64: what is kept and handed on.</param>
public sealed record TallyProofView(string Ballot, long Height, string Row, string Proof);
