namespace Dems.Core.Crypto;

/// <summary>Holds one private key. Production signs ES256 with low S; the simulation signs with a keyed hash, so that traces repeat.</summary>
public interface ISigner
{
    /// <summary>The key under which the signatures verify.</summary>
    PublicKey PublicKey { get; }

    /// <summary>Signs the message (SHA-256 inside): 64 bytes r ‖ s (IEEE P1363), s in the lower half of the order.</summary>
    byte[] Sign(ReadOnlySpan<byte> message);
}
