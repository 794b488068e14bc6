using System.Globalization;
using System.Text.Json;
using Dems.Core.Allocation.Encoding;
using Dems.Core.Consensus;
using Dems.Core.Crypto;
using Dems.Core.Energy;
using Dems.Core.Governance;

namespace Dems.Core.Ledger.Encoding;

/// <summary>
/// The text form of a genesis document, for people: JSON with keys in hexadecimal, the time in ISO 8601 with milliseconds, timeouts in milliseconds. Read
/// strictly: an unknown, missing or repeated member is refused with its line. White space and order are free, since the hash is over the canonical form.
/// </summary>
public static class GenesisJson
{
    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    private static readonly JsonSerializerOptions Options = PolicyJson.Configure(new(JsonSerializerOptions.Strict)
    {
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });

    /// <summary>Indented JSON.</summary>
    public static string Write(Genesis genesis) => JsonSerializer.Serialize(
        new Document(
            genesis.ProtocolVersion,
            genesis.Network,
            DateTimeOffset.FromUnixTimeMilliseconds(genesis.CreatedAt.UnixMilliseconds).ToString(TimeFormat, CultureInfo.InvariantCulture),
            [.. genesis.Members.Select(member => new MemberPart(member.Name, member.Key.ToString()))],
            [.. genesis.Pools.Select(pool => new PoolPart(pool.Name, pool.TimeZone, [.. pool.Carriers], pool.Governance, pool.Terms))],
            genesis.Timeouts),
        Options);

    /// <summary>Reads strictly; false with line or field and reason otherwise.</summary>
    public static bool TryRead(string json, out Genesis genesis, out string error)
    {
        genesis = null!;
        try
        {
            var document = JsonSerializer.Deserialize<Document>(json, Options);
            if (document is null)
            {
                error = "line 1: an object was expected";
                return false;
            }

            return TryConvert(document, out genesis, out error);
        }
        catch (JsonException e)
        {
            error = $"line {(e.LineNumber ?? 0) + 1}: {e.Message}";
            return false;
        }
        catch (ArgumentOutOfRangeException e)
        {
            error = $"timeouts: {e.Message}";
            return false;
        }
    }

    private static bool TryConvert(Document document, out Genesis genesis, out string error)
    {
        genesis = null!;
        if (!DateTimeOffset.TryParseExact(document.CreatedAt, TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var createdAt))
        {
            error = $"createdAt: '{document.CreatedAt}' is not of the form 2026-01-31T12:00:00.000Z";
            return false;
        }

        var members = new List<GenesisMember>();
        foreach (var member in document.Members)
        {
            if (!TryParseKey(member.Key, out var key))
            {
                error = $"members[{members.Count}].key: {2 * PublicKey.Size} hexadecimal digits were expected";
                return false;
            }

            members.Add(new GenesisMember(member.Name, key));
        }

        genesis = new Genesis
        {
            ProtocolVersion = document.ProtocolVersion,
            Network = document.Network,
            CreatedAt = new BlockTime(createdAt.ToUnixTimeMilliseconds()),
            Members = members,
            Pools =
            [
                .. document.Pools.Select(pool => new GenesisPool(pool.Name, pool.TimeZone, pool.Carriers)
                {
                    Governance = pool.Governance ?? new GovernanceRules(),
                    Terms = pool.Terms ?? PoolTerms.Default,
                }),
            ],
            Timeouts = document.Timeouts,
        };
        error = genesis.Refusal() ?? "";
        return error.Length == 0;
    }

    private static bool TryParseKey(string hex, out PublicKey key)
    {
        Span<byte> bytes = stackalloc byte[PublicKey.Size];
        var parsed = hex.Length == 2 * PublicKey.Size
            && Convert.FromHexString(hex, bytes, out _, out var written) == System.Buffers.OperationStatus.Done
            && written == PublicKey.Size;
        key = parsed ? new PublicKey(bytes) : null!;
        return parsed;
    }

    private sealed record Document(
        int ProtocolVersion,
        string Network,
        string CreatedAt,
        IReadOnlyList<MemberPart> Members,
        IReadOnlyList<PoolPart> Pools,
        ConsensusTimeouts Timeouts);

    private sealed record MemberPart(string Name, string Key);

    private sealed record PoolPart(string Name, string TimeZone, IReadOnlyList<Carrier> Carriers, GovernanceRules? Governance = null, PoolTerms? Terms = null);
}
