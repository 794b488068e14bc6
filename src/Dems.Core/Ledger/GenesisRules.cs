using Dems.Core.Consensus;

namespace Dems.Core.Ledger;

/// <summary>The bounds of a genesis document.</summary>
internal static class GenesisRules
{
    // 9999-12-31T23:59:59.999Z, the last that the text form can write.
    private const long MaxCreatedAt = 253_402_300_799_999;

    /// <summary>Why the document is refused; null if it is not.</summary>
    public static string? Refusal(Genesis genesis)
    {
        if (!IsIdentifier(genesis.Network))
        {
            return $"network '{genesis.Network}': 1…{Genesis.MaxName} characters of a-z, 0-9 and '-' are allowed";
        }

        if (genesis.ProtocolVersion != 1)
        {
            return $"protocol version {genesis.ProtocolVersion} is not known, only 1";
        }

        return genesis.CreatedAt.UnixMilliseconds is < 0 or > MaxCreatedAt
            ? "the creation time is out of range"
            : MembersRefusal(genesis.Members) ?? PoolsRefusal(genesis.Pools);
    }

    private static string? MembersRefusal(IReadOnlyList<GenesisMember> members)
    {
        if (members.Count is 0 or > ValidatorSet.MaxValidators)
        {
            return $"members: 1…{ValidatorSet.MaxValidators} are allowed, not {members.Count}";
        }

        for (var i = 0; i < members.Count; i++)
        {
            if (!IsText(members[i].Name))
            {
                return $"members[{i}].name: 1…{Genesis.MaxName} characters without control characters are allowed";
            }

            if (members.Take(i).Any(other => other.Name == members[i].Name || other.Key.Equals(members[i].Key)))
            {
                return $"members[{i}]: name or key stands twice";
            }
        }

        return null;
    }

    private static string? PoolsRefusal(IReadOnlyList<GenesisPool> pools)
    {
        if (pools.Count is 0 or > Genesis.MaxPools)
        {
            return $"pools: 1…{Genesis.MaxPools} are allowed, not {pools.Count}";
        }

        for (var i = 0; i < pools.Count; i++)
        {
            var pool = pools[i];
            if (!IsIdentifier(pool.Name) || pools.Take(i).Any(other => other.Name == pool.Name))
            {
                return $"pools[{i}].name: must be unique, 1…{Genesis.MaxName} characters of a-z, 0-9 and '-'";
            }

            if (!IsText(pool.TimeZone) || !pool.TimeZone.All(char.IsAscii))
            {
                return $"pools[{i}].timeZone: must be an IANA name";
            }

            var ascending = pool.Carriers.Zip(pool.Carriers.Skip(1)).All(pair => pair.First < pair.Second);
            if (pool.Carriers.Count == 0 || !ascending || !pool.Carriers.All(Enum.IsDefined))
            {
                return $"pools[{i}].carriers: at least one is needed, in strictly ascending order of their numbers";
            }

            if (pool.Governance.Refusal() is { } refusal)
            {
                return $"pools[{i}].governance: {refusal}";
            }

            if (pool.Terms.Refusal() is { } refused)
            {
                return $"pools[{i}].terms.{refused}";
            }
        }

        return null;
    }

    private static bool IsIdentifier(string text) =>
        text.Length is > 0 and <= Genesis.MaxName && text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');

    private static bool IsText(string text) => text.Length is > 0 and <= Genesis.MaxName && !text.Any(char.IsControl) && text.Trim() == text;
}
