namespace Dems.Contracts.Settlement;

/// <summary>A credit or debit note.</summary>
/// <param name="Number">Its number within the pool.</param>
/// <param name="Kind">credit, debit or memo.</param>
/// <param name="Party">Address of the party.</param>
/// <param name="Period">The period that it corrects.</param>
/// <param name="Statement">Hash of the statement that it corrects, in hexadecimal.</param>
/// <param name="Due">What changes, with VAT and currency; negative is paid back.</param>
/// <param name="Changes">The intervals that changed: starts, with what each replaces and is replaced by.</param>
public sealed record NoteView(long Number, string Kind, string Party, string Period, string Statement, string Due, IReadOnlyList<NoteChangeView> Changes);
