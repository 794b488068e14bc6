using Dems.Core.Consensus;
using Dems.Core.Crypto;
using Dems.Core.Ledger.Encoding;

namespace Dems.Core.Ledger;

/// <summary>What a network starts from: its members, in the order of their validator indices, and its pools. Its hash names the network; every member holds the same document.</summary>
public sealed class Genesis
{
    /// <summary>Most pools of one genesis document.</summary>
    public const int MaxPools = 256;

    /// <summary>Longest name of a network, member or pool, in UTF-16 units.</summary>
    public const int MaxName = 64;

    private readonly Lazy<Hash32> _hash;

    /// <summary>An empty document to be filled by its initializer.</summary>
    public Genesis() => _hash = new Lazy<Hash32>(() => Hash32.Of(GenesisCodec.Encode(this)));

    /// <summary>Name of the network, 1 to 64 characters of a–z, 0–9 and hyphen.</summary>
    public required string Network { get; init; }

    /// <summary>When the network was set up; the first block is later.</summary>
    public required BlockTime CreatedAt { get; init; }

    /// <summary>Protocol version of the first block.</summary>
    public int ProtocolVersion { get; init; } = 1;

    /// <summary>Founding members; member i is validator i of the first block. 1 to <see cref="ValidatorSet.MaxValidators"/>.</summary>
    public required IReadOnlyList<GenesisMember> Members { get; init; }

    /// <summary>Pools, 1 to <see cref="MaxPools"/>.</summary>
    public required IReadOnlyList<GenesisPool> Pools { get; init; }

    /// <summary>How long rounds wait.</summary>
    public ConsensusTimeouts Timeouts { get; init; } = new();

    /// <summary>SHA-256 of the canonical form, which starts with its domain tag. Computed once: a document is not changed after it is built.</summary>
    public Hash32 Hash => _hash.Value;

    /// <summary>The validators of the first block.</summary>
    public ValidatorSet Validators => new(Members.Select(m => m.Key));

    /// <summary>The chain of a pool: SHA-256 of [domain tag, genesis hash, pool name].</summary>
    public ChainId ChainOf(string pool)
    {
        var writer = Canonical.NewWriter(128);
        writer.WriteStartArray(3);
        writer.WriteTextString(Domains.Chain);
        Canonical.WriteHash(writer, Hash);
        writer.WriteTextString(pool);
        writer.WriteEndArray();
        return new ChainId(Hash32.Of(writer.Encode()));
    }

    /// <summary>The pool of a chain; null if the chain is not of this network.</summary>
    public GenesisPool? PoolOf(ChainId chain) => Pools.FirstOrDefault(pool => ChainOf(pool.Name) == chain);

    /// <summary>Why the document breaks a bound stated on its members; null if it does not. Decoders refuse such a document.</summary>
    public string? Refusal() => GenesisRules.Refusal(this);

    /// <summary>The key of a member by its index.</summary>
    public PublicKey KeyOf(int member) => Members[member].Key;
}
