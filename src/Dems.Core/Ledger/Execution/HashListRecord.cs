using System.Formats.Cbor;
using Dems.Core.Ledger.Encoding;

namespace Dems.Core.Ledger.Execution;

/// <summary>Hashes in the order in which they came: [hash, …].</summary>
internal sealed record HashListRecord(IReadOnlyList<Hash32> Hashes) : IStateRecord
{
    public HashListRecord With(Hash32 hash) => new([.. Hashes, hash]);

    public byte[] Encode()
    {
        var writer = Canonical.NewWriter(16 + 34 * Hashes.Count);
        writer.WriteStartArray(Hashes.Count);
        foreach (var hash in Hashes)
        {
            Canonical.WriteHash(writer, hash);
        }

        writer.WriteEndArray();
        return writer.Encode();
    }

    public static HashListRecord Read(CborReader reader)
    {
        var hashes = new Hash32[Canonical.ReadArrayUpTo(reader, int.MaxValue)];
        for (var i = 0; i < hashes.Length; i++)
        {
            hashes[i] = Canonical.ReadHash(reader);
        }

        reader.ReadEndArray();
        return new HashListRecord(hashes);
    }
}
