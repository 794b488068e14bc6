namespace Dems.Storage;

/// <summary>What was saved from a damaged file. The rest is fetched from peers.</summary>
/// <param name="MovedTo">Where the damaged file lies now.</param>
/// <param name="Blocks">Blocks saved.</param>
/// <param name="Entries">Ordered entries saved.</param>
/// <param name="Bodies">Bodies saved, ordered or not.</param>
/// <param name="SafetyRow">Whether the safety row was saved. If not it stays missing, and the validator abstains until it may have a new one.</param>
public sealed record RebuildReport(string MovedTo, int Blocks, long Entries, int Bodies, bool SafetyRow)
{
    /// <summary>One line for people.</summary>
    public override string ToString() =>
        $"saved {Blocks} blocks, {Entries} ordered entries, {Bodies} bodies and {(SafetyRow ? "the" : "no")} safety row; the damaged file is {MovedTo}";
}
