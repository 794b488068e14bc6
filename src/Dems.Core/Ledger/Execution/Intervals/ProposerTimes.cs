using System.Formats.Cbor;
using Dems.Core.Ledger.Encoding;

namespace Dems.Core.Ledger.Execution.Intervals;

/// <summary>When each validator last proposed a block that did something: [[key fingerprint, block time in seconds], …], ascending by fingerprint.</summary>
internal sealed class ProposerTimes : IStateRecord
{
    private readonly SortedDictionary<Hash32, long> _times = [];

    /// <summary>Notes a block.</summary>
    public void Set(Hash32 proposer, long time) => _times[proposer] = time;

    /// <summary>How many have proposed at or after a time.</summary>
    public int CountSince(long time) => _times.Values.Count(last => last >= time);

    public byte[] Encode()
    {
        var writer = Canonical.NewWriter(256);
        writer.WriteStartArray(_times.Count);
        foreach (var (proposer, time) in _times)
        {
            writer.WriteStartArray(2);
            Canonical.WriteHash(writer, proposer);
            writer.WriteInt64(time);
            writer.WriteEndArray();
        }

        writer.WriteEndArray();
        return writer.Encode();
    }

    public static ProposerTimes Read(CborReader reader)
    {
        var times = new ProposerTimes();
        for (var count = Canonical.ReadArrayUpTo(reader, int.MaxValue); count > 0; count--)
        {
            Canonical.ReadArray(reader, 2);
            times._times[Canonical.ReadHash(reader)] = reader.ReadInt64();
            reader.ReadEndArray();
        }

        reader.ReadEndArray();
        return times;
    }
}
