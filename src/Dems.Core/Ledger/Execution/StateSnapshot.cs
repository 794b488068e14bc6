using System.Formats.Cbor;
using Dems.Core.Crypto;
using Dems.Core.Ledger.Encoding;
using Dems.Core.Ledger.Merkle;

namespace Dems.Core.Ledger.Execution;

/// <summary>A state as bytes: the canonical array [tag, [key, value, key, value, …]], keys strictly ascending. What is read is believed only if it gives the expected root.</summary>
public static class StateSnapshot
{
    /// <summary>Canonical bytes.</summary>
    public static byte[] Export(LedgerState state)
    {
        var writer = Canonical.NewWriter(checked(64 + state.Map.Count * 128));
        writer.WriteStartArray(2);
        writer.WriteTextString(Domains.Snapshot);
        writer.WriteStartArray(2 * state.Map.Count);
        foreach (var (key, value) in state.Map.Enumerate())
        {
            Canonical.WriteHash(writer, key);
            writer.WriteByteString(value.Span);
        }

        writer.WriteEndArray();
        writer.WriteEndArray();
        return writer.Encode();
    }

    /// <summary>Reads a state whose root a certified header names; false with a reason if the bytes give another or are malformed.</summary>
    public static bool TryImport(ReadOnlyMemory<byte> bytes, Hash32 expectedRoot, out LedgerState state, out string error)
    {
        state = null!;
        if (!Canonical.TryDecode(bytes, int.MaxValue, "snapshot", Read, out var map, out error))
        {
            return false;
        }

        if (map.Root != expectedRoot)
        {
            error = $"snapshot: the root is {map.Root}, {expectedRoot} was expected";
            return false;
        }

        state = new LedgerState(map);
        return true;
    }

    private static StateMap Read(CborReader reader)
    {
        Canonical.ReadArray(reader, 2);
        Canonical.ReadTag(reader, Domains.Snapshot);
        var pairs = Canonical.ReadArrayUpTo(reader, int.MaxValue);
        var changes = new List<StateChange>();
        for (var i = 0; i < pairs; i += 2)
        {
            var key = Canonical.ReadHash(reader);
            if (changes.Count > 0 && changes[^1].Key.CompareTo(key) >= 0)
            {
                throw new FormatException($"key {key} does not ascend");
            }

            changes.Add(StateChange.Set(key, reader.ReadDefiniteLengthByteString()));
        }

        reader.ReadEndArray();
        reader.ReadEndArray();
        return StateMap.Empty.Apply(changes);
    }
}
