using System.Globalization;
using Dems.Core.Energy;
using Dems.ServiceDefaults.Http;

namespace Dems.Api.Endpoints;

/// <summary>Reads parameters strictly: a value is understood completely, or the problem names the parameter and says what would have been right.</summary>
internal static class QueryValue
{
    private static readonly string[] InstantFormats =
    [
        "yyyy-MM-dd'T'HH:mm:ss'Z'", "yyyy-MM-dd'T'HH:mm:sszzz",
    ];

    /// <summary>A whole number in decimal digits; absent gives the fallback, or the problem if there is none.</summary>
    public static bool TryWhole(string name, string? text, long min, long max, long? fallback, out long value, out Problem? problem)
    {
        var bounds = max == long.MaxValue ? $"a whole number from {min}" : $"a whole number from {min} to {max}";
        value = fallback ?? 0;
        problem = text is null && fallback is null ? Problems.InvalidParameter(name, $"is missing; give {bounds}") : null;
        if (text is null)
        {
            return problem is null;
        }

        if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value) || value < min || value > max)
        {
            problem = Problems.InvalidParameter(name, $"must be {bounds}, not '{text}'");
        }

        return problem is null;
    }

    /// <summary>A time in RFC 3339 with its offset, in whole seconds since 1970-01-01T00:00:00Z; earlier ones count as that. Absent gives the fallback.</summary>
    public static bool TryInstant(string name, string? text, long fallback, out long seconds, out Problem? problem)
    {
        (seconds, problem) = (fallback, null);
        if (text is null)
        {
            return true;
        }

        if (DateTimeOffset.TryParseExact(text, InstantFormats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time))
        {
            seconds = Math.Max(0, time.ToUnixTimeSeconds());
            return true;
        }

        // An unescaped + of an offset arrives as a space.
        var hint = text.Contains(' ', StringComparison.Ordinal) ? " (write the + of an offset as %2B)" : "";
        problem = Problems.InvalidParameter(name, $"must be a time in RFC 3339 with whole seconds, such as 2026-01-31T23:00:00Z, not '{text}'{hint}");
        return false;
    }

    /// <summary>A register in the words of the canonical file formats; absent gives null.</summary>
    public static bool TryRegister(string name, string? text, out Register? register, out Problem? problem)
    {
        (register, problem) = (null, null);
        if (text is null)
        {
            return true;
        }

        foreach (var candidate in Enum.GetValues<Register>())
        {
            if (string.Equals(Words.Of(candidate.ToString()), text, StringComparison.Ordinal))
            {
                register = candidate;
                return true;
            }
        }

        problem = Problems.InvalidParameter(name, $"must be one of {string.Join(", ", Enum.GetNames<Register>().Select(Words.Of))}, not '{text}'");
        return false;
    }

    /// <summary>A carrier in the API's words; absent gives electricity.</summary>
    public static bool TryCarrier(string name, string? text, out Carrier carrier, out Problem? problem)
    {
        (carrier, problem) = (Carrier.Electricity, null);
        if (text is null)
        {
            return true;
        }

        foreach (var candidate in Enum.GetValues<Carrier>())
        {
            if (string.Equals(Words.Of(candidate.ToString()), text, StringComparison.Ordinal))
            {
                carrier = candidate;
                return true;
            }
        }

        problem = Problems.InvalidParameter(name, $"must be one of {string.Join(", ", Enum.GetNames<Carrier>().Select(Words.Of))}, not '{text}'");
        return false;
    }

    /// <summary>An address of a node or party.</summary>
    public static bool TryAddress(string name, string text, out NodeAddress address, out Problem? problem)
    {
        problem = NodeAddress.TryParse(text, out address, out var error)
            ? null
            : Problems.InvalidParameter(name, $"must be an address in bech32 that starts with {NodeAddress.Prefix}1: {error}");
        return problem is null;
    }
}
