namespace Dems.Core.Ledger.Execution;

/// <summary>Outcome of one entry's body, with the index of the reading that decided it (−1 where none did) and, for a batch whose signer may sign, what that is.</summary>
internal readonly record struct Verdict(EntryOutcome Outcome, int At = -1, SigningRole Role = SigningRole.None)
{
    public static implicit operator Verdict(EntryOutcome outcome) => new(outcome);
}
