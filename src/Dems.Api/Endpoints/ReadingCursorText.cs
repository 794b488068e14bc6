using System.Buffers.Binary;
using System.Buffers.Text;
using Dems.Contracts.Queries;

namespace Dems.Api.Endpoints;

/// <summary>Cursors as callers see them: opaque, so that the order behind them can change.</summary>
internal static class ReadingCursorText
{
    private const int Size = 20;

    public static string Write(ReadingPosition position)
    {
        Span<byte> bytes = stackalloc byte[Size];
        BinaryPrimitives.WriteInt64BigEndian(bytes, position.Start);
        BinaryPrimitives.WriteInt32BigEndian(bytes[8..], position.Register);
        BinaryPrimitives.WriteInt32BigEndian(bytes[12..], position.Duration);
        BinaryPrimitives.WriteInt32BigEndian(bytes[16..], position.Revision);
        return Base64Url.EncodeToString(bytes);
    }

    public static bool TryParse(string text, out ReadingPosition position)
    {
        position = default;
        Span<byte> bytes = stackalloc byte[Size];
        if (!Base64Url.IsValid(text, out var length) || length != Size || !Base64Url.TryDecodeFromChars(text, bytes, out _))
        {
            return false;
        }

        position = new ReadingPosition(
            BinaryPrimitives.ReadInt64BigEndian(bytes),
            BinaryPrimitives.ReadInt32BigEndian(bytes[8..]),
            BinaryPrimitives.ReadInt32BigEndian(bytes[12..]),
            BinaryPrimitives.ReadInt32BigEndian(bytes[16..]));
        return true;
    }
}
