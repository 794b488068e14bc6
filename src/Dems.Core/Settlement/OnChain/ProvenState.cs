using Dems.Core.Ledger.Merkle;

namespace Dems.Core.Settlement.OnChain;

/// <summary>What a state holds under a key, with the proof.</summary>
/// <param name="Key">The key.</param>
/// <param name="Value">Its value; null if the state holds nothing there.</param>
/// <param name="Proof">Leads to the state's root.</param>
public sealed record ProvenState(Hash32 Key, ReadOnlyMemory<byte>? Value, StateProof Proof)
{
    /// <summary>Longest value in bytes.</summary>
    public const int MaxValue = 16 << 20;

    /// <summary>Whether a state with this root holds exactly that.</summary>
    public bool Holds(Hash32 root) => Value is { } value ? Proof.VerifyPresent(root, Key, value.Span) : Proof.VerifyAbsent(root, Key);
}
