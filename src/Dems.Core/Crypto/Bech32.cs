using System.Text;

namespace Dems.Core.Crypto;

/// <summary>Bech32 (BIP 173): base 32 with a checksum that finds any four wrong characters. Lowercase when written; mixed case is refused when read.</summary>
public static class Bech32
{
    private const string Alphabet = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
    private const int ChecksumLength = 6;
    private const int MaxLength = 90;
    private static readonly uint[] Generators = [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3];

    /// <summary>Writes prefix, separator, data and checksum.</summary>
    public static string Encode(string prefix, ReadOnlySpan<byte> data)
    {
        var symbols = Regroup(data, from: 8, to: 5, pad: true)!;
        var text = new StringBuilder(prefix).Append('1');
        foreach (var symbol in symbols)
        {
            text.Append(Alphabet[symbol]);
        }

        var check = Polymod([.. Expand(prefix), .. symbols, 0, 0, 0, 0, 0, 0]) ^ 1;
        for (var i = 0; i < ChecksumLength; i++)
        {
            text.Append(Alphabet[(int)(check >> (5 * (5 - i)) & 31)]);
        }

        return text.ToString();
    }

    /// <summary>Reads the data behind an expected prefix; false with a reason otherwise.</summary>
    public static bool TryDecode(string text, string prefix, out byte[] data, out string error)
    {
        data = [];
        if (text.Length > MaxLength || (text.Any(char.IsAsciiLetterUpper) && text.Any(char.IsAsciiLetterLower)))
        {
            error = text.Length > MaxLength ? $"longer than {MaxLength} characters" : "mixes upper and lower case";
            return false;
        }

        var lower = text.ToLowerInvariant();
        var separator = lower.LastIndexOf('1');
        if (separator < 1 || !string.Equals(lower[..separator], prefix, StringComparison.Ordinal))
        {
            error = $"does not start with '{prefix}1'";
            return false;
        }

        var symbols = new byte[lower.Length - separator - 1];
        for (var i = 0; i < symbols.Length; i++)
        {
            var value = Alphabet.IndexOf(lower[separator + 1 + i], StringComparison.Ordinal);
            if (value < 0)
            {
                error = $"'{lower[separator + 1 + i]}' at position {separator + 2 + i} is not a bech32 character";
                return false;
            }

            symbols[i] = (byte)value;
        }

        if (symbols.Length < ChecksumLength || Polymod([.. Expand(prefix), .. symbols]) != 1)
        {
            error = "wrong checksum: a character was mistyped";
            return false;
        }

        var bytes = Regroup(symbols.AsSpan(0, symbols.Length - ChecksumLength), from: 5, to: 8, pad: false);
        error = bytes is null ? "padding bits are not zero" : "";
        data = bytes ?? [];
        return bytes is not null;
    }

    private static byte[] Expand(string prefix) => [.. prefix.Select(c => (byte)(c >> 5)), 0, .. prefix.Select(c => (byte)(c & 31))];

    private static uint Polymod(ReadOnlySpan<byte> values)
    {
        var check = 1u;
        foreach (var value in values)
        {
            var top = check >> 25;
            check = (check & 0x1ffffff) << 5 ^ value;
            for (var i = 0; i < Generators.Length; i++)
            {
                check ^= (top >> i & 1) != 0 ? Generators[i] : 0;
            }
        }

        return check;
    }

    private static byte[]? Regroup(ReadOnlySpan<byte> input, int from, int to, bool pad)
    {
        var output = new List<byte>(input.Length * from / to + 1);
        var (bits, buffer) = (0, 0);
        foreach (var value in input)
        {
            buffer = (buffer << from | value) & 0xFFF;
            bits += from;
            while (bits >= to)
            {
                bits -= to;
                output.Add((byte)(buffer >> bits & ((1 << to) - 1)));
            }
        }

        var rest = buffer & ((1 << bits) - 1);
        if (pad)
        {
            if (bits > 0)
            {
                output.Add((byte)(rest << (to - bits) & ((1 << to) - 1)));
            }
        }
        else if (bits >= from || rest != 0)
        {
            return null;
        }

        return [.. output];
    }
}
