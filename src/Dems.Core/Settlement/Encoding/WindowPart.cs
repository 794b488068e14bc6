namespace Dems.Core.Settlement.Encoding;

/// <summary>A window as JSON has it: absent days or months mean all of them.</summary>
internal sealed record WindowPart(string From, string To, IReadOnlyList<string>? Days = null, IReadOnlyList<int>? Months = null);
