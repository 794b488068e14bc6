namespace Dems.Core.Settlement.Corrections;

/// <summary>What a note does to what its party owes the community. Numbers are part of encoded notes.</summary>
public enum NoteKind
{
    /// <summary>The party owes less, or is owed more.</summary>
    Credit = 1,

    /// <summary>The party owes more, or is owed less.</summary>
    Debit = 2,

    /// <summary>Nothing is due: energy or lines of other payees changed, or less than half a billed unit.</summary>
    Memo = 3,
}
