using System.Buffers.Binary;
using System.Security.Cryptography;
using Dems.Core.Energy;
using Dems.Core.Ledger.Entries;
using Xunit;

namespace Dems.Core.Tests.Energy;

public sealed class ReadingTreeTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(17)]
    [InlineData(96)]
    [InlineData(999)]
    [InlineData(1000)]
    public void Root_OfAnyCount_IsThatOfTheRecursiveDefinition(int count)
    {
        var batch = BatchOf(count);
        Assert.Equal(Mth([.. batch.Expand().Select((reading, i) => LeafModel(reading, i))]), ReadingTree.RootOf(batch.Runs, Samples.Salt).ToArray());
    }

    [Fact]
    public void Root_OfEverySmallCount_IsThatOfTheRecursiveDefinition()
    {
        for (var count = 1; count <= 70; count++)
        {
            Root_OfAnyCount_IsThatOfTheRecursiveDefinition(count);
        }
    }

    [Fact]
    public void Proof_OfEachReading_VerifiesAndNoOtherReadingDoes()
    {
        var batch = BatchOf(21);
        var root = ReadingTree.RootOf(batch.Runs, Samples.Salt);
        for (var i = 0; i < batch.Count; i++)
        {
            var proof = ReadingTree.Prove(batch, Samples.Salt, i);
            Assert.Equal(batch.Expand().ElementAt(i), proof.Reading);
            Assert.True(proof.Verify(root));
            Assert.False((proof with { Reading = proof.Reading with { Quantity = proof.Reading.Quantity + 1 } }).Verify(root));
            Assert.False((proof with { Salt = new byte[16] }).Verify(root));
            Assert.False(proof.Verify(Samples.HashOf("another root")));

            Assert.True(ReadingProof.TryDecode(proof.Encode(), out var decoded, out var error), error);
            Assert.Equal(proof.Encode(), decoded.Encode());
            Assert.True(decoded.Verify(root));
        }
    }

    [Fact]
    public void Salts_OfOneBatch_AreDistinct()
    {
        var batch = BatchOf(100);
        var salts = Enumerable.Range(0, 100).Select(i => Convert.ToHexString(ReadingTree.Prove(batch, Samples.Salt, i).Salt.Span));
        Assert.Equal(100, salts.Distinct(StringComparer.Ordinal).Count());
    }

    private static ReadingBatch BatchOf(int count) => new(Samples.Node,
    [
        new ReadingRun(Register.Import, Samples.Midnight, 900, Quality.Measured, 0, Enumerable.Range(0, (count + 1) / 2).Select(i => i * 37L).ToArray()),
        .. count < 2 ? [] : new[] { new ReadingRun(Register.Export, Samples.Midnight, 900, Quality.Estimated, 9, Enumerable.Range(0, count / 2).Select(i => 1L << i % 54).ToArray()) },
    ]);

    // RFC 9162 §2.1.1, as written there.
    private static byte[] Mth(byte[][] leaves)
    {
        if (leaves.Length == 1)
        {
            return leaves[0];
        }

        var k = 1;
        while (k * 2 < leaves.Length)
        {
            k *= 2;
        }

        return SHA256.HashData([1, .. Mth(leaves[..k]), .. Mth(leaves[k..])]);
    }

    private static byte[] LeafModel(Reading reading, int index)
    {
        using var aes = Aes.Create();
        aes.Key = Samples.Salt;
        var counter = new byte[16];
        BinaryPrimitives.WriteInt64BigEndian(counter.AsSpan(8), index);
        var bytes = new List<byte> { 0 };
        bytes.AddRange(aes.EncryptEcb(counter, PaddingMode.None));
        foreach (var (value, width) in new (long, int)[]
        {
            ((long)reading.Register, 1), ((long)reading.Quality, 1), (reading.Revision, 2), (reading.Duration, 4), (reading.Start, 8), (reading.Quantity, 8),
        })
        {
            for (var shift = 8 * (width - 1); shift >= 0; shift -= 8)
            {
                bytes.Add((byte)(value >> shift));
            }
        }

        return SHA256.HashData(bytes.ToArray());
    }
}
