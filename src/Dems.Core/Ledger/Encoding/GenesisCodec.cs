using System.Formats.Cbor;
using Dems.Core.Consensus;
using Dems.Core.Crypto;
using Dems.Core.Energy;

namespace Dems.Core.Ledger.Encoding;

/// <summary>Canonical form of a genesis document: what its hash covers.</summary>
public static class GenesisCodec
{
    /// <summary>Longest encoded document in bytes.</summary>
    public const int MaxBytes = 256 * 1024;

    /// <summary>Canonical bytes.</summary>
    public static byte[] Encode(Genesis genesis)
    {
        var writer = Canonical.NewWriter(1024);
        writer.WriteStartArray(6);
        writer.WriteTextString(Domains.Genesis);
        writer.WriteTextString(genesis.Network);
        writer.WriteInt64(genesis.CreatedAt.UnixMilliseconds);
        writer.WriteInt32(genesis.ProtocolVersion);
        writer.WriteStartArray(genesis.Members.Count);
        foreach (var member in genesis.Members)
        {
            writer.WriteStartArray(2);
            writer.WriteTextString(member.Name);
            writer.WriteByteString(member.Key.Bytes);
            writer.WriteEndArray();
        }

        writer.WriteEndArray();
        writer.WriteStartArray(genesis.Pools.Count);
        foreach (var pool in genesis.Pools)
        {
            writer.WriteStartArray(3);
            writer.WriteTextString(pool.Name);
            writer.WriteTextString(pool.TimeZone);
            writer.WriteStartArray(pool.Carriers.Count);
            foreach (var carrier in pool.Carriers)
            {
                writer.WriteInt32((int)carrier);
            }

            writer.WriteEndArray();
            writer.WriteEndArray();
        }

        writer.WriteEndArray();
        writer.WriteEndArray();
        return writer.Encode();
    }

    /// <summary>Decodes strictly; false with a reason otherwise.</summary>
    public static bool TryDecode(ReadOnlyMemory<byte> bytes, out Genesis genesis, out string error) =>
        Canonical.TryDecode(bytes, MaxBytes, "genesis", Read, out genesis, out error);

    private static Genesis Read(CborReader reader)
    {
        Canonical.ReadArray(reader, 6);
        Canonical.ReadTag(reader, Domains.Genesis);
        var network = Canonical.ReadText(reader, Genesis.MaxName, "network");
        var createdAt = new BlockTime(Canonical.ReadInteger(reader, 0, BlockTime.MaxUnixMilliseconds, "creation time"));
        var version = (int)Canonical.ReadInteger(reader, 1, int.MaxValue, "protocol version");
        var members = new List<GenesisMember>();
        for (var left = Canonical.ReadArrayUpTo(reader, ValidatorSet.MaxValidators); left > 0; left--)
        {
            Canonical.ReadArray(reader, 2);
            members.Add(new GenesisMember(
                Canonical.ReadText(reader, Genesis.MaxName, "member name"),
                new PublicKey(Canonical.ReadBytes(reader, PublicKey.Size, "member key").Span)));
            reader.ReadEndArray();
        }

        reader.ReadEndArray();
        var pools = new List<GenesisPool>();
        for (var left = Canonical.ReadArrayUpTo(reader, Genesis.MaxPools); left > 0; left--)
        {
            pools.Add(ReadPool(reader));
        }

        reader.ReadEndArray();
        reader.ReadEndArray();
        return new Genesis { Network = network, CreatedAt = createdAt, ProtocolVersion = version, Members = members, Pools = pools };
    }

    private static GenesisPool ReadPool(CborReader reader)
    {
        Canonical.ReadArray(reader, 3);
        var name = Canonical.ReadText(reader, Genesis.MaxName, "pool name");
        var timeZone = Canonical.ReadText(reader, Genesis.MaxName, "time zone");
        var carriers = new List<Carrier>();
        for (var left = Canonical.ReadArrayUpTo(reader, 16); left > 0; left--)
        {
            carriers.Add((Carrier)Canonical.ReadInteger(reader, (int)Carrier.Electricity, (int)Carrier.Cooling, "carrier"));
        }

        reader.ReadEndArray();
        reader.ReadEndArray();
        return new GenesisPool(name, timeZone, carriers);
    }
}
