namespace Dems.Formats;

/// <summary>What a path holds.</summary>
/// <param name="Files">Files to import, in ordinal order of their names within the path: the same on every machine.</param>
/// <param name="Notes">What is not imported and why; for the report, before any row.</param>
public sealed record ImportPlan(IReadOnlyList<ImportFile> Files, IReadOnlyList<ImportRow> Notes);
