namespace Dems.Core.Settlement.Corrections;

/// <summary>A numbered credit or debit note: the only way in which an approved settlement changes. It goes to the party of the statement, also if it has left.</summary>
/// <param name="Number">1, 2, 3, … within a pool, without gaps.</param>
/// <param name="Delta">What changes, line by line, at the original VAT rates.</param>
public sealed record Note(long Number, StatementDelta Delta)
{
    /// <summary>By the sign of what is due.</summary>
    public NoteKind Kind => Delta.Due switch { < 0 => NoteKind.Credit, > 0 => NoteKind.Debit, _ => NoteKind.Memo };
}
