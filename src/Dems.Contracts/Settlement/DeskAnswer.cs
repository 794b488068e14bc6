namespace Dems.Contracts.Settlement;

/// <summary>An answer, or why there is none.</summary>
/// <param name="Standing">Which of them.</param>
/// <param name="Value">The answer; null if there is none.</param>
/// <param name="Reason">Why there is none, for people.</param>
public sealed record DeskAnswer<T>(DeskStanding Standing, T? Value, string Reason)
    where T : class
{
    /// <summary>Here it is.</summary>
    public static DeskAnswer<T> Of(T value) => new(DeskStanding.Answered, value, "");

    /// <summary>There is none.</summary>
    public static DeskAnswer<T> None(DeskStanding standing, string reason) => new(standing, null, reason);
}
