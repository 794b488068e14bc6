using System.Formats.Cbor;
using Dems.Core.Crypto;

namespace Dems.Core.Consensus;

/// <summary>
/// The validators of one height in their fixed order, one vote each. n validators tolerate f = ⌊(n−1)/3⌋ Byzantine ones; a quorum has
/// q = ⌊2n/3⌋ + 1 votes, so that two quorums share an honest validator.
/// </summary>
public sealed class ValidatorSet
{
    /// <summary>Most validators of a chain.</summary>
    public const int MaxValidators = 100;

    private readonly PublicKey[] _keys;

    /// <summary>Takes the keys in order.</summary>
    /// <exception cref="ArgumentException">No key, more than <see cref="MaxValidators"/>, or a key twice.</exception>
    public ValidatorSet(IEnumerable<PublicKey> keys)
    {
        _keys = [.. keys];
        if (_keys.Length is 0 or > MaxValidators)
        {
            throw new ArgumentException($"A validator set has 1 to {MaxValidators} keys, not {_keys.Length}.", nameof(keys));
        }

        if (_keys.Distinct().Count() != _keys.Length)
        {
            throw new ArgumentException("A validator set names each key once.", nameof(keys));
        }

        Hash = ComputeHash(_keys);
    }

    /// <summary>Number of validators, n.</summary>
    public int Count => _keys.Length;

    /// <summary>Most Byzantine validators that are tolerated, f.</summary>
    public int MaxFaulty => (Count - 1) / 3;

    /// <summary>Votes that decide, q.</summary>
    public int Quorum => 2 * Count / 3 + 1;

    /// <summary>Votes among which one is honest, f + 1.</summary>
    public int OneHonest => MaxFaulty + 1;

    /// <summary>Hash of the ordered keys, as headers carry it.</summary>
    public Hash32 Hash { get; }

    /// <summary>The keys in order.</summary>
    public IReadOnlyList<PublicKey> Keys => _keys;

    /// <summary>The key at an index.</summary>
    public PublicKey this[int index] => _keys[index];

    /// <summary>Index of a key, −1 if it is not a validator.</summary>
    public int IndexOf(PublicKey key) => Array.IndexOf(_keys, key);

    /// <summary>Proposer of a round: round robin over height and round, so that each height starts with another validator.</summary>
    public int ProposerOf(Ledger.Height height, int round) => (int)((height.Value + round) % Count);

    private static Hash32 ComputeHash(PublicKey[] keys)
    {
        var writer = new CborWriter(CborConformanceMode.Canonical);
        writer.WriteStartArray(2);
        writer.WriteTextString(Domains.Validators);
        writer.WriteStartArray(keys.Length);
        foreach (var key in keys)
        {
            writer.WriteByteString(key.Bytes);
        }

        writer.WriteEndArray();
        writer.WriteEndArray();
        return Hash32.Of(writer.Encode());
    }
}
