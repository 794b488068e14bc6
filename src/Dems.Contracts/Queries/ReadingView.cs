namespace Dems.Contracts.Queries;

/// <summary>A final reading.</summary>
/// <param name="Register">What was counted.</param>
/// <param name="Start">Start of the interval, UTC.</param>
/// <param name="Seconds">Length of the interval.</param>
/// <param name="QuantityWh">Amount.</param>
/// <param name="Quality">How it came about.</param>
/// <param name="Revision">0 for the first value; the highest counts.</param>
/// <param name="EntryIndex">Entry on the chain that brought it.</param>
public sealed record ReadingView(string Register, DateTimeOffset Start, int Seconds, long QuantityWh, string Quality, int Revision, long EntryIndex)
{
    /// <summary>Why this member's rules find it doubtful; empty if they do not. Marks decide nothing: the reading is as final as any other.</summary>
    public IReadOnlyList<string> Plausibility { get; init; } = [];
}
