namespace Dems.Formats.Text;

/// <summary>Why a value is refused, and what to do about it.</summary>
internal readonly record struct Flaw(string Reason, string Fix);
