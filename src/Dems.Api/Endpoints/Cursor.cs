using System.Buffers.Binary;
using System.Buffers.Text;
using Dems.Contracts.Queries;
using Dems.Core.Energy;

namespace Dems.Api.Endpoints;

/// <summary>Cursors: opaque to callers, so that the order behind them can change. The first byte says what is continued.</summary>
internal static class Cursor
{
    private const byte Nodes = 1;
    private const byte Readings = 2;
    private const byte Ballots = 3;
    private const int NodesSize = 1 + NodeAddress.Size;
    private const int ReadingsSize = 1 + 8 + 4 + 4 + 4;
    private const int BallotsSize = 1 + 8;

    public static string Of(NodeAddress last)
    {
        Span<byte> bytes = stackalloc byte[NodesSize];
        bytes[0] = Nodes;
        last.CopyTo(bytes[1..]);
        return Base64Url.EncodeToString(bytes);
    }

    public static string Of(ReadingPosition last)
    {
        Span<byte> bytes = stackalloc byte[ReadingsSize];
        bytes[0] = Readings;
        BinaryPrimitives.WriteInt64BigEndian(bytes[1..], last.Start);
        BinaryPrimitives.WriteInt32BigEndian(bytes[9..], last.Register);
        BinaryPrimitives.WriteInt32BigEndian(bytes[13..], last.Duration);
        BinaryPrimitives.WriteInt32BigEndian(bytes[17..], last.Revision);
        return Base64Url.EncodeToString(bytes);
    }

    public static string Of(long lastBallot)
    {
        Span<byte> bytes = stackalloc byte[BallotsSize];
        bytes[0] = Ballots;
        BinaryPrimitives.WriteInt64BigEndian(bytes[1..], lastBallot);
        return Base64Url.EncodeToString(bytes);
    }

    public static bool TryParse(string text, out long lastBallot)
    {
        Span<byte> bytes = stackalloc byte[BallotsSize];
        var valid = TryDecode(text, Ballots, bytes);
        lastBallot = valid ? BinaryPrimitives.ReadInt64BigEndian(bytes[1..]) : 0;
        return valid;
    }

    public static bool TryParse(string text, out NodeAddress last)
    {
        Span<byte> bytes = stackalloc byte[NodesSize];
        var valid = TryDecode(text, Nodes, bytes);
        last = valid ? new NodeAddress(bytes[1..]) : default;
        return valid;
    }

    public static bool TryParse(string text, out ReadingPosition last)
    {
        Span<byte> bytes = stackalloc byte[ReadingsSize];
        var valid = TryDecode(text, Readings, bytes);
        last = !valid ? default : new ReadingPosition(
            BinaryPrimitives.ReadInt64BigEndian(bytes[1..]),
            BinaryPrimitives.ReadInt32BigEndian(bytes[9..]),
            BinaryPrimitives.ReadInt32BigEndian(bytes[13..]),
            BinaryPrimitives.ReadInt32BigEndian(bytes[17..]));
        return valid;
    }

    private static bool TryDecode(string text, byte kind, Span<byte> bytes) =>
        Base64Url.IsValid(text, out var length) && length == bytes.Length && Base64Url.TryDecodeFromChars(text, bytes, out _) && bytes[0] == kind;
}
