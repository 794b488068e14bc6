using Dems.Core.Crypto;

namespace Dems.Core.Governance.Payloads;

/// <summary>
/// Another set of validators, from the second block after the effect's on (headers name the set of the next height, so a change cannot come sooner). One change per ballot: a
/// set that differs by one validator keeps an honest overlap with the one before.
/// </summary>
public abstract record ValidatorChange : BallotPayload
{
    private ValidatorChange()
    {
    }

    /// <inheritdoc/>
    public override BallotKind Kind => BallotKind.Validators;

    /// <summary>A further member.</summary>
    /// <param name="Key">Its validator key, unknown to the chain so far.</param>
    /// <param name="Name">1…64 characters.</param>
    /// <param name="Proof">Signature of the key over <see cref="Ledger.Entries.Possession.OfValidator"/>.</param>
    public sealed record Add(PublicKey Key, string Name, ReadOnlyMemory<byte> Proof) : ValidatorChange;

    /// <summary>A member leaves or is excluded; the last one cannot.</summary>
    /// <param name="Key">Its validator key.</param>
    public sealed record Remove(PublicKey Key) : ValidatorChange;

    /// <summary>A member votes with another key, for example because the old one was lost. The place in the order stays.</summary>
    /// <param name="Key">The old key.</param>
    /// <param name="NewKey">The new one, unknown to the chain so far.</param>
    /// <param name="Proof">Signature of the new key over <see cref="Ledger.Entries.Possession.OfValidatorKey"/>.</param>
    public sealed record Replace(PublicKey Key, PublicKey NewKey, ReadOnlyMemory<byte> Proof) : ValidatorChange;
}
