using Dems.Core.Ledger;

namespace Dems.Replication.Ports;

/// <summary>Answer to one submission.</summary>
/// <param name="Outcome">Stored, duplicate or conflicting.</param>
/// <param name="Content">The content held under (chain, signer, sequence): the submitted one, or the one that was first.</param>
/// <param name="Leaf">The body held under it.</param>
/// <param name="OrderedAt">Index in the chain's tree if already ordered, otherwise null.</param>
public readonly record struct Admission(AdmissionOutcome Outcome, ContentId Content, LeafHash Leaf, long? OrderedAt);
