namespace Dems.Contracts.Receipts;

/// <summary>Answer to the wish for a receipt.</summary>
/// <param name="Standing">Whether there is one.</param>
public sealed record ReceiptAnswer(ReceiptStanding Standing)
{
    /// <summary>Content id of the entry in hexadecimal.</summary>
    public string Content { get; init; } = "";

    /// <summary>The whole receipt, canonical.</summary>
    public ReadOnlyMemory<byte> Receipt { get; init; }

    /// <summary>The COSE Receipt in it (RFC 9942), for tools that know nothing else.</summary>
    public ReadOnlyMemory<byte> Statement { get; init; }
}
