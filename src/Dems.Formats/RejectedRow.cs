namespace Dems.Formats;

/// <summary>A row that gives no reading, told so that a person can find and mend it.</summary>
/// <param name="File">Name of the file.</param>
/// <param name="Line">Line in it, from 1; 0 when the file as a whole is meant.</param>
/// <param name="Field">Field at fault, by the name that the format gives it; empty when it is the whole row.</param>
/// <param name="Value">What stands there, cut to <see cref="MaxValueLength"/> characters.</param>
/// <param name="Reason">Why it is refused.</param>
/// <param name="Fix">What to do about it.</param>
public sealed record RejectedRow(string File, long Line, string Field, string Value, string Reason, string Fix)
{
    /// <summary>Most characters of a damaged value that a report repeats.</summary>
    public const int MaxValueLength = 100;
}
