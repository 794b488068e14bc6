namespace Dems.Core.Consensus;

/// <summary>Outcome of one step.</summary>
/// <param name="State">The state after the input.</param>
/// <param name="Effects">What the caller carries out, in this order.</param>
public sealed record ConsensusStep(HeightState State, IReadOnlyList<ConsensusEffect> Effects);
