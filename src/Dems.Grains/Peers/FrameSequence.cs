using System.Buffers;
using System.Buffers.Binary;
using System.IO.Pipelines;

namespace Dems.Grains.Peers;

/// <summary>
/// The body of a peer request: a CBOR sequence (RFC 8742) of byte strings, one frame each. Lengths are bounded before anything is allocated for them.
/// </summary>
internal static class FrameSequence
{
    /// <summary>Media type of the body (RFC 8742 §6.2).</summary>
    public const string MediaType = "application/cbor-seq";

    private const int MaxHead = 5;

    /// <summary>Writes one frame.</summary>
    public static void Write(IBufferWriter<byte> output, ReadOnlySpan<byte> frame)
    {
        var head = output.GetSpan(MaxHead);
        int length;
        switch (frame.Length)
        {
            case < 24:
                head[0] = (byte)(0x40 | frame.Length);
                length = 1;
                break;
            case <= byte.MaxValue:
                head[0] = 0x58;
                head[1] = (byte)frame.Length;
                length = 2;
                break;
            case <= ushort.MaxValue:
                head[0] = 0x59;
                BinaryPrimitives.WriteUInt16BigEndian(head[1..], (ushort)frame.Length);
                length = 3;
                break;
            default:
                head[0] = 0x5A;
                BinaryPrimitives.WriteUInt32BigEndian(head[1..], (uint)frame.Length);
                length = 5;
                break;
        }

        output.Advance(length);
        output.Write(frame);
    }

    /// <summary>Reads the whole body; null with a reason when it is malformed or a frame is longer than <paramref name="maxFrame"/> bytes.</summary>
    public static async Task<(List<ReadOnlyMemory<byte>>? Frames, string Error)> ReadAsync(PipeReader input, int maxFrame, CancellationToken cancellationToken)
    {
        var frames = new List<ReadOnlyMemory<byte>>();
        while (true)
        {
            var result = await input.ReadAsync(cancellationToken);
            var buffer = result.Buffer;
            var error = TakeFrames(ref buffer, maxFrame, frames);
            input.AdvanceTo(buffer.Start, buffer.End);
            if (error.Length > 0)
            {
                return (null, error);
            }

            if (result.IsCompleted)
            {
                return buffer.IsEmpty ? (frames, "") : (null, "the body ends inside a frame");
            }
        }
    }

    /// <summary>Takes the complete frames off the start of the buffer; an empty reason when nothing is wrong with what is there.</summary>
    private static string TakeFrames(ref ReadOnlySequence<byte> buffer, int maxFrame, List<ReadOnlyMemory<byte>> frames)
    {
        while (true)
        {
            if (!TryReadHead(buffer, out var head, out var length, out var error))
            {
                return error;
            }

            if (length > maxFrame)
            {
                return $"a frame of {length} bytes: at most {maxFrame} are allowed";
            }

            if (buffer.Length < head + length)
            {
                return "";
            }

            frames.Add(buffer.Slice(head, length).ToArray());
            buffer = buffer.Slice(head + length);
        }
    }

    /// <summary>False with an empty reason when more bytes are needed.</summary>
    private static bool TryReadHead(ReadOnlySequence<byte> buffer, out int head, out long length, out string error)
    {
        (head, length, error) = (0, 0, "");
        if (buffer.IsEmpty)
        {
            return false;
        }

        Span<byte> start = stackalloc byte[MaxHead];
        var available = (int)Math.Min(buffer.Length, MaxHead);
        buffer.Slice(0, available).CopyTo(start);
        head = start[0] switch { >= 0x40 and <= 0x57 => 1, 0x58 => 2, 0x59 => 3, 0x5A => 5, _ => 0 };
        if (head == 0)
        {
            error = $"byte 0x{start[0]:x2} does not start a byte string of definite length";
            return false;
        }

        if (available < head)
        {
            return false;
        }

        length = head switch
        {
            1 => start[0] & 0x1F,
            2 => start[1],
            3 => BinaryPrimitives.ReadUInt16BigEndian(start[1..]),
            _ => BinaryPrimitives.ReadUInt32BigEndian(start[1..]),
        };
        return true;
    }
}
