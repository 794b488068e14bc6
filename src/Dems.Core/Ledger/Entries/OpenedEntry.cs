using Dems.Core.Crypto;

namespace Dems.Core.Ledger.Entries;

/// <summary>
/// A decoded entry with what names and orders it. Opening depends on the bytes alone, never on chain state: whether the signer may say
/// this is decided by execution and becomes an outcome.
/// </summary>
/// <param name="Bytes">The envelope as received, at most <see cref="Encoding.EntryEnvelope.MaxBytes"/>; must not change afterwards.</param>
/// <param name="Leaf">Names <paramref name="Bytes"/>.</param>
/// <param name="Content">Names what was signed.</param>
/// <param name="Chain">The chain it was signed for.</param>
/// <param name="Signer">The signing key, taken from the protected header.</param>
/// <param name="Sequence">The signer's nonce, 0…<see cref="MaxSequence"/>.</param>
/// <param name="Salt">16 random bytes that blind the content id and derive the salts of single readings.</param>
/// <param name="Body">What it says.</param>
public sealed record OpenedEntry(
    ReadOnlyMemory<byte> Bytes, LeafHash Leaf, ContentId Content, ChainId Chain, PublicKey Signer, long Sequence, ReadOnlyMemory<byte> Salt, EntryBody Body)
{
    /// <summary>Largest sequence number: 2⁵³.</summary>
    public const long MaxSequence = 1L << 53;

    /// <summary>Length of the salt in bytes.</summary>
    public const int SaltSize = 16;

    /// <summary>What kind of body it carries.</summary>
    public EntryKind Kind => Body.Kind;
}
