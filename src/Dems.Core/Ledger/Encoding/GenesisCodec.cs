using System.Formats.Cbor;
using Dems.Core.Consensus;
using Dems.Core.Crypto;
using Dems.Core.Energy;
using Dems.Core.Governance.Encoding;

namespace Dems.Core.Ledger.Encoding;

/// <summary>
/// Canonical form of a genesis document, the one that is hashed: [tag, protocol version, network, created, [[name, key], …], [[name, time zone, [carrier, …], governance, terms], …],
/// [propose, prevote, precommit, delta, clock bound, clock bound delta]]. People edit the text form of <see cref="GenesisJson"/>.
/// </summary>
public static class GenesisCodec
{
    /// <summary>Longest encoded document in bytes.</summary>
    public const int MaxBytes = 256 * 1024;

    /// <summary>Canonical bytes.</summary>
    public static byte[] Encode(Genesis genesis)
    {
        var writer = Canonical.NewWriter(1024);
        writer.WriteStartArray(7);
        writer.WriteTextString(Domains.Genesis);
        writer.WriteInt32(genesis.ProtocolVersion);
        writer.WriteTextString(genesis.Network);
        writer.WriteInt64(genesis.CreatedAt.UnixMilliseconds);
        writer.WriteStartArray(genesis.Members.Count);
        foreach (var member in genesis.Members)
        {
            writer.WriteStartArray(2);
            writer.WriteTextString(member.Name);
            writer.WriteByteString(member.Key.Bytes);
            writer.WriteEndArray();
        }

        writer.WriteEndArray();
        WritePools(writer, genesis.Pools);
        WriteTimeouts(writer, genesis.Timeouts);
        writer.WriteEndArray();
        return writer.Encode();
    }

    /// <summary>Decodes strictly; false with a reason otherwise.</summary>
    public static bool TryDecode(ReadOnlyMemory<byte> bytes, out Genesis genesis, out string error) =>
        Canonical.TryDecode(bytes, MaxBytes, "genesis", Read, out genesis, out error);

    private static Genesis Read(CborReader reader)
    {
        Canonical.ReadArray(reader, 7);
        Canonical.ReadTag(reader, Domains.Genesis);
        var version = (int)Canonical.ReadInteger(reader, 1, int.MaxValue, "protocol version");
        var network = Canonical.ReadText(reader, Genesis.MaxName, "network");
        var createdAt = new BlockTime(Canonical.ReadInteger(reader, 0, BlockTime.MaxUnixMilliseconds, "creation time"));
        var members = new GenesisMember[Canonical.ReadArrayUpTo(reader, ValidatorSet.MaxValidators)];
        for (var i = 0; i < members.Length; i++)
        {
            Canonical.ReadArray(reader, 2);
            members[i] = new GenesisMember(
                Canonical.ReadText(reader, Genesis.MaxName, "a member's name"), new PublicKey(Canonical.ReadBytes(reader, PublicKey.Size, "a member's key").Span));
            reader.ReadEndArray();
        }

        reader.ReadEndArray();
        var pools = ReadPools(reader);
        var timeouts = ReadTimeouts(reader);
        reader.ReadEndArray();
        var genesis = new Genesis
        {
            ProtocolVersion = version,
            Network = network,
            CreatedAt = createdAt,
            Members = members,
            Pools = pools,
            Timeouts = timeouts,
        };
        return genesis.Refusal() is { } refusal ? throw new FormatException(refusal) : genesis;
    }

    private static void WritePools(CborWriter writer, IReadOnlyList<GenesisPool> pools)
    {
        writer.WriteStartArray(pools.Count);
        foreach (var pool in pools)
        {
            writer.WriteStartArray(5);
            writer.WriteTextString(pool.Name);
            writer.WriteTextString(pool.TimeZone);
            writer.WriteStartArray(pool.Carriers.Count);
            foreach (var carrier in pool.Carriers)
            {
                writer.WriteInt32((int)carrier);
            }

            writer.WriteEndArray();
            GovernanceCodec.Write(writer, pool.Governance);
            TermsCodec.Write(writer, pool.Terms);
            writer.WriteEndArray();
        }

        writer.WriteEndArray();
    }

    private static GenesisPool[] ReadPools(CborReader reader)
    {
        var pools = new GenesisPool[Canonical.ReadArrayUpTo(reader, Genesis.MaxPools)];
        for (var i = 0; i < pools.Length; i++)
        {
            Canonical.ReadArray(reader, 5);
            var name = Canonical.ReadText(reader, Genesis.MaxName, "a pool's name");
            var timeZone = Canonical.ReadText(reader, Genesis.MaxName, "a pool's time zone");
            var carriers = new Carrier[Canonical.ReadArrayUpTo(reader, Enum.GetValues<Carrier>().Length)];
            for (var k = 0; k < carriers.Length; k++)
            {
                carriers[k] = (Carrier)reader.ReadInt32();
            }

            reader.ReadEndArray();
            pools[i] = new GenesisPool(name, timeZone, carriers) { Governance = GovernanceCodec.Read(reader), Terms = TermsCodec.Read(reader) };
            reader.ReadEndArray();
        }

        reader.ReadEndArray();
        return pools;
    }

    private static void WriteTimeouts(CborWriter writer, ConsensusTimeouts timeouts)
    {
        writer.WriteStartArray(6);
        writer.WriteInt32(timeouts.Propose);
        writer.WriteInt32(timeouts.Prevote);
        writer.WriteInt32(timeouts.Precommit);
        writer.WriteInt32(timeouts.DeltaPerRound);
        writer.WriteInt32(timeouts.ClockBound);
        writer.WriteInt32(timeouts.ClockBoundDeltaPerRound);
        writer.WriteEndArray();
    }

    private static ConsensusTimeouts ReadTimeouts(CborReader reader)
    {
        Canonical.ReadArray(reader, 6);
        var timeouts = new ConsensusTimeouts
        {
            Propose = reader.ReadInt32(),
            Prevote = reader.ReadInt32(),
            Precommit = reader.ReadInt32(),
            DeltaPerRound = reader.ReadInt32(),
            ClockBound = reader.ReadInt32(),
            ClockBoundDeltaPerRound = reader.ReadInt32(),
        };
        reader.ReadEndArray();
        return timeouts;
    }
}
