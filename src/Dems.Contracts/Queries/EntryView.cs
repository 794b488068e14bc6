namespace Dems.Contracts.Queries;

/// <summary>An ordered entry.</summary>
/// <param name="Index">Place on the chain, from 0.</param>
/// <param name="Height">Block that ordered it.</param>
/// <param name="Leaf">Leaf hash in hexadecimal.</param>
/// <param name="Content">Content id in hexadecimal.</param>
/// <param name="Kind">What it says: batch, party registration, ….</param>
/// <param name="Signer">Fingerprint of the signing key.</param>
/// <param name="Sequence">The signer's nonce.</param>
/// <param name="Bytes">The signed entry (COSE_Sign1), base64.</param>
public sealed record EntryView(long Index, long Height, string Leaf, string Content, string Kind, string Signer, long Sequence, string Bytes)
{
    /// <summary>What became of it on execution; null while this member does not know it yet.</summary>
    public OutcomeView? Outcome { get; init; }
}
