using System.Buffers;
using System.Formats.Cbor;
using System.IO.Pipelines;
using Dems.Grains.Peers;
using Xunit;

namespace Dems.Grains.Tests.Peers;

public sealed class FrameSequenceTests
{
    private const int MaxFrame = 100_000;

    [Theory]
    [InlineData(0)]
    [InlineData(23)]
    [InlineData(24)]
    [InlineData(255)]
    [InlineData(256)]
    [InlineData(65_535)]
    [InlineData(65_536)]
    public void Frame_OfEachHeadLength_IsWrittenAsTheCborLibraryWritesIt(int length)
    {
        var frame = Bytes(length);
        var output = new ArrayBufferWriter<byte>();
        FrameSequence.Write(output, frame);
        var writer = new CborWriter(CborConformanceMode.Canonical);
        writer.WriteByteString(frame);
        Assert.Equal(writer.Encode(), output.WrittenSpan.ToArray());
    }

    [Fact]
    public async Task Sequence_ArrivingByteByByte_GivesTheSameFrames()
    {
        var output = new ArrayBufferWriter<byte>();
        int[] lengths = [0, 1, 23, 24, 300, 70];
        foreach (var length in lengths)
        {
            FrameSequence.Write(output, Bytes(length));
        }

        var pipe = new Pipe();
        var reading = FrameSequence.ReadAsync(pipe.Reader, MaxFrame, CancellationToken.None);
        foreach (var piece in output.WrittenSpan.ToArray())
        {
            await pipe.Writer.WriteAsync(new[] { piece });
        }

        await pipe.Writer.CompleteAsync();
        var (frames, error) = await reading;
        Assert.Equal("", error);
        Assert.Equal(lengths.Select(Bytes).ToArray(), [.. frames!.Select(f => f.ToArray())]);
    }

    [Theory]
    [InlineData("F6", "does not start a byte string")]
    [InlineData("5F4100FF", "does not start a byte string")]
    [InlineData("4201", "ends inside a frame")]
    [InlineData("58", "ends inside a frame")]
    [InlineData("5AFFFFFFFF", "at most 100000 are allowed")]
    public async Task Sequence_Malformed_IsRefusedWithTheReason(string hex, string reason)
    {
        var (frames, error) = await FrameSequence.ReadAsync(PipeReader.Create(new MemoryStream(Convert.FromHexString(hex))), MaxFrame, CancellationToken.None);
        Assert.Null(frames);
        Assert.Contains(reason, error, StringComparison.Ordinal);
    }

    private static byte[] Bytes(int length) => [.. Enumerable.Range(0, length).Select(i => (byte)(i * 7))];
}
