using System.Formats.Cbor;
using Dems.Core.Consensus;
using Dems.Core.Crypto;
using Dems.Core.Ledger.Encoding;

namespace Dems.Core.Ledger.Execution;

/// <summary>
/// Which validators decide which heights: [[from height, [key, …]], …], ascending, the first from height 1. A set decides until the next one begins, so the
/// passing of heights changes nothing here; all sets stay, since evidence is checked against the set of its height.
/// </summary>
public sealed class ValidatorSchedule : IStateRecord
{
    private readonly (Height From, ValidatorSet Set)[] _sets;

    private ValidatorSchedule((Height From, ValidatorSet Set)[] sets) => _sets = sets;

    /// <summary>All sets with the height from which each decides, ascending.</summary>
    public IReadOnlyList<(Height From, ValidatorSet Set)> Sets => _sets;

    /// <summary>One set from height 1 on.</summary>
    public static ValidatorSchedule StartingWith(ValidatorSet set) => new([(Height.Genesis.Next, set)]);

    /// <summary>The set that decides a height, at least 1.</summary>
    public ValidatorSet At(Height height) => _sets.Last(entry => entry.From <= height).Set;

    /// <summary>The schedule with another set from a height on, which must not be earlier than any before; at the same height it takes the other's place.</summary>
    /// <exception cref="ArgumentException">The height is earlier.</exception>
    public ValidatorSchedule With(Height from, ValidatorSet set) => from >= _sets[^1].From
        ? new([.. _sets.TakeWhile(entry => entry.From < from), (from, set)])
        : throw new ArgumentException($"A set begins at {_sets[^1].From} already; {from} is earlier.", nameof(from));

    byte[] IStateRecord.Encode()
    {
        var writer = Canonical.NewWriter(512);
        writer.WriteStartArray(_sets.Length);
        foreach (var (from, set) in _sets)
        {
            writer.WriteStartArray(2);
            writer.WriteInt64(from.Value);
            writer.WriteStartArray(set.Count);
            foreach (var key in set.Keys)
            {
                writer.WriteByteString(key.Bytes);
            }

            writer.WriteEndArray();
            writer.WriteEndArray();
        }

        writer.WriteEndArray();
        return writer.Encode();
    }

    internal static ValidatorSchedule Read(CborReader reader)
    {
        var sets = new (Height, ValidatorSet)[Canonical.ReadArrayUpTo(reader, int.MaxValue)];
        for (var i = 0; i < sets.Length; i++)
        {
            Canonical.ReadArray(reader, 2);
            var from = new Height(Canonical.ReadInteger(reader, 1, 1L << 62, "height"));
            var keys = new PublicKey[Canonical.ReadArrayUpTo(reader, ValidatorSet.MaxValidators)];
            for (var k = 0; k < keys.Length; k++)
            {
                keys[k] = new PublicKey(Canonical.ReadBytes(reader, PublicKey.Size, "key").Span);
            }

            reader.ReadEndArray();
            reader.ReadEndArray();
            sets[i] = (from, new ValidatorSet(keys));
        }

        reader.ReadEndArray();
        return new ValidatorSchedule(sets);
    }
}
