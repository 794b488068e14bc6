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
    private const byte PoolNodes = 4;
    private const byte Intervals = 5;
    private const int NodesSize = 1 + NodeAddress.Size;
    private const int ReadingsSize = 1 + 8 + 4 + 4 + 4;
    private const int NumberSize = 1 + 8;

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

    public static string OfBallot(long last) => Of(Ballots, last);

    public static bool TryParseBallot(string text, out long last) => TryParse(text, Ballots, out last);

    public static string OfPoolNode(long place) => Of(PoolNodes, place);

    public static bool TryParsePoolNode(string text, out long place) => TryParse(text, PoolNodes, out place);

    public static string OfInterval(long start) => Of(Intervals, start);

    public static bool TryParseInterval(string text, out long start) => TryParse(text, Intervals, out start);

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

    private static string Of(byte kind, long number)
    {
        Span<byte> bytes = stackalloc byte[NumberSize];
        bytes[0] = kind;
        BinaryPrimitives.WriteInt64BigEndian(bytes[1..], number);
        return Base64Url.EncodeToString(bytes);
    }

    private static bool TryParse(string text, byte kind, out long number)
    {
        Span<byte> bytes = stackalloc byte[NumberSize];
        var valid = TryDecode(text, kind, bytes);
        number = valid ? BinaryPrimitives.ReadInt64BigEndian(bytes[1..]) : 0;
        return valid;
    }

    private static bool TryDecode(string text, byte kind, Span<byte> bytes) =>
        Base64Url.IsValid(text, out var length) && length == bytes.Length && Base64Url.TryDecodeFromChars(text, bytes, out _) && bytes[0] == kind;
}
