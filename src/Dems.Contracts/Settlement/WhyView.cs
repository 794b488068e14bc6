namespace Dems.Contracts.Settlement;

/// <summary>Why a node got what it got in an interval: what was metered, by which rule it was divided, each step, the result.</summary>
/// <param name="Node">Address of the node.</param>
/// <param name="MeteringPoint">Its official id.</param>
/// <param name="Carrier">The carrier.</param>
/// <param name="Start">Start of the interval.</param>
/// <param name="DurationSeconds">Its length.</param>
/// <param name="Revision">0 for the first allocation of the interval, one more for each later one.</param>
/// <param name="Height">The block whose results hold the node's row.</param>
/// <param name="Reference">Leaf hash of that row in hexadecimal; null if the node got nothing and has no row.</param>
/// <param name="Provisional">Whether a reading was missing, estimated or provisional.</param>
/// <param name="Missing">Sides of nodes that were awaited and did not come.</param>
/// <param name="PolicyFrom">When the policy came into force.</param>
/// <param name="Policy">The policy as JSON text.</param>
/// <param name="Inputs">What each node brought.</param>
/// <param name="Steps">The arithmetic, in order: of the pool, and of this node.</param>
/// <param name="Transfers">What this node drew on whom, and who drew on it.</param>
/// <param name="Result">What it came to.</param>
public sealed record WhyView(
    string Node,
    string MeteringPoint,
    string Carrier,
    DateTimeOffset Start,
    int DurationSeconds,
    int Revision,
    long Height,
    string? Reference,
    bool Provisional,
    int Missing,
    DateTimeOffset PolicyFrom,
    string Policy,
    IReadOnlyList<WhyInputView> Inputs,
    IReadOnlyList<WhyStepView> Steps,
    IReadOnlyList<WhyTransferView> Transfers,
    EnergyView Result);
