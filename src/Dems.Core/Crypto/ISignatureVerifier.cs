namespace Dems.Core.Crypto;

/// <summary>Checks signatures made by an <see cref="ISigner"/>. Implementations are safe for concurrent use.</summary>
public interface ISignatureVerifier
{
    /// <summary>Whether the 64-byte signature over the message is valid and canonical (low S) under the key. Malformed input gives false, never an exception.</summary>
    bool Verify(PublicKey key, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature);
}
