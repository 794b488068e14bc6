using Dems.Core.Ledger.Receipts;
using Xunit;

namespace Dems.Core.Tests.Ledger.Receipts;

public sealed class ReceiptCodecTests
{
    [Fact]
    public void Receipt_Decoded_IsWrittenTheSame()
    {
        var chain = new ReceiptChain();
        chain.HandOver(ReceiptChain.Keys("second", 4));
        var height = chain.Add(chain.Batch(1, 2, 3));
        chain.Add();
        foreach (var receipt in new[] { chain.Issue(height, 0), chain.Issue(height, 0, 0, 2), chain.Issue(1, 2) })
        {
            var bytes = ReceiptCodec.Encode(receipt);

            Assert.True(ReceiptCodec.TryDecode(bytes, out var decoded, out var error), error.ToString());
            Assert.Equal(bytes, ReceiptCodec.Encode(decoded));
            Assert.True(ReceiptRules.TryVerify(decoded, chain.Genesis, KeyedHashSigner.Verifier, out _, out error), error.ToString());
        }
    }

    [Fact]
    public void Bytes_CutOrContinued_AreRefused()
    {
        var chain = new ReceiptChain();
        chain.Add();
        var bytes = ReceiptCodec.Encode(chain.Issue(1, 0));

        for (var length = 0; length < bytes.Length; length++)
        {
            Assert.False(ReceiptCodec.TryDecode(bytes.AsMemory(0, length), out _, out _));
        }

        Assert.False(ReceiptCodec.TryDecode((byte[])[.. bytes, 0], out _, out var error));
        Assert.Contains("after the end", error.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Bytes_WithABadPart_NameIt()
    {
        var chain = new ReceiptChain();
        chain.Add();
        var receipt = chain.Issue(1, 0);
        var bytes = ReceiptCodec.Encode(receipt);
        var row = bytes.AsSpan().IndexOf(receipt.Result.Encode());
        bytes[row] = 0x8B;

        Assert.False(ReceiptCodec.TryDecode(bytes, out _, out var error));
        Assert.Equal("result", error.Field);
    }
}
