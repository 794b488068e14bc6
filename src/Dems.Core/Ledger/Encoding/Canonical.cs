using System.Formats.Cbor;

namespace Dems.Core.Ledger.Encoding;

/// <summary>
/// Deterministic CBOR (RFC 8949 §4.2.1) as all DEMS formats use it: definite lengths, shortest integers, arrays with fixed places (so that no key can
/// be unknown, repeated or out of order), nothing after the end. Encoders write with <see cref="NewWriter"/>; decoders run inside <see cref="TryDecode"/>.
/// </summary>
public static class Canonical
{
    /// <summary>Reads one value; throws what <see cref="TryDecode"/> turns into a reason.</summary>
    public delegate T Decoder<out T>(CborReader reader);

    /// <summary>A writer that refuses anything non-canonical.</summary>
    public static CborWriter NewWriter(int capacity = 256) => new(CborConformanceMode.Canonical, convertIndefiniteLengthEncodings: false, initialCapacity: capacity);

    /// <summary>
    /// Decodes a whole buffer strictly. A wrong type, length or range, a non-canonical form, trailing bytes or more than
    /// <paramref name="maxBytes"/> bytes give false with a reason that starts with <paramref name="what"/>.
    /// </summary>
    public static bool TryDecode<T>(ReadOnlyMemory<byte> bytes, int maxBytes, string what, Decoder<T> decode, out T value, out string error)
    {
        value = default!;
        if (bytes.Length > maxBytes)
        {
            error = $"{what}: {bytes.Length} bytes, at most {maxBytes} are allowed";
            return false;
        }

        try
        {
            var reader = new CborReader(bytes, CborConformanceMode.Canonical);
            value = decode(reader);
            if (reader.BytesRemaining != 0)
            {
                error = $"{what}: {reader.BytesRemaining} bytes after the end";
                return false;
            }

            error = "";
            return true;
        }
        catch (Exception e) when (e is CborContentException or InvalidOperationException or OverflowException or FormatException or ArgumentException)
        {
            error = $"{what}: {e.Message}";
            return false;
        }
    }

    /// <summary>Reads the start of an array that must have exactly <paramref name="length"/> places.</summary>
    public static void ReadArray(CborReader reader, int length)
    {
        var actual = reader.ReadStartArray();
        if (actual != length)
        {
            throw new FormatException($"an array of {length} was expected, {actual?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "an indefinite length"} found");
        }
    }

    /// <summary>Reads the start of an array of at most <paramref name="max"/> places and returns how many it has.</summary>
    public static int ReadArrayUpTo(CborReader reader, int max)
    {
        var length = reader.ReadStartArray() ?? throw new FormatException("indefinite lengths are not allowed");
        return length <= max ? length : throw new FormatException($"an array of at most {max} was expected, {length} found");
    }

    /// <summary>Reads an integer in [<paramref name="min"/>, <paramref name="max"/>].</summary>
    public static long ReadInteger(CborReader reader, long min, long max, string name)
    {
        var value = reader.ReadInt64();
        return value >= min && value <= max ? value : throw new FormatException($"{name} must lie in {min}…{max}, not {value}");
    }

    /// <summary>Reads a byte string of exactly <paramref name="length"/> bytes.</summary>
    public static ReadOnlyMemory<byte> ReadBytes(CborReader reader, int length, string name)
    {
        var bytes = reader.ReadDefiniteLengthByteString();
        return bytes.Length == length ? bytes : throw new FormatException($"{name} must have {length} bytes, not {bytes.Length}");
    }

    /// <summary>Reads a byte string of at most <paramref name="max"/> bytes.</summary>
    public static ReadOnlyMemory<byte> ReadBytesUpTo(CborReader reader, int max, string name)
    {
        var bytes = reader.ReadDefiniteLengthByteString();
        return bytes.Length <= max ? bytes : throw new FormatException($"{name} may have at most {max} bytes, not {bytes.Length}");
    }

    /// <summary>Reads a text string of at most <paramref name="max"/> UTF-16 units.</summary>
    public static string ReadText(CborReader reader, int max, string name)
    {
        var text = reader.ReadTextString();
        return text.Length <= max ? text : throw new FormatException($"{name} may have at most {max} characters, not {text.Length}");
    }

    /// <summary>Reads a text string that must equal <paramref name="expected"/>.</summary>
    public static void ReadTag(CborReader reader, string expected)
    {
        if (!string.Equals(reader.ReadTextString(), expected, StringComparison.Ordinal))
        {
            throw new FormatException($"the tag '{expected}' was expected");
        }
    }

    /// <summary>Reads a 32-byte hash.</summary>
    public static Hash32 ReadHash(CborReader reader) => new(ReadBytes(reader, Hash32.Size, "a hash").Span);

    /// <summary>Writes a 32-byte hash as a byte string.</summary>
    public static void WriteHash(CborWriter writer, Hash32 hash)
    {
        Span<byte> bytes = stackalloc byte[Hash32.Size];
        hash.CopyTo(bytes);
        writer.WriteByteString(bytes);
    }
}
