namespace Dems.Core.Ledger.Receipts;

/// <summary>Why a receipt proves nothing.</summary>
/// <param name="Field">The part at fault, as docs/receipts.md names it, such as <c>next.certificate</c>.</param>
/// <param name="Reason">What is wrong with it.</param>
public readonly record struct ReceiptError(string Field, string Reason)
{
    /// <summary>Field and reason.</summary>
    public override string ToString() => $"{Field}: {Reason}";
}
