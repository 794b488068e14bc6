using System.Security.Cryptography;
using Dems.Core.Crypto;
using Dems.Core.Energy;
using Dems.Core.Ledger;
using Dems.Core.Ledger.Encoding;
using Dems.Core.Ledger.Entries;

namespace Dems.Cli.Bench;

/// <summary>Signed batches of quarter-hours of one register, one node after the other, none repeating an interval: history that ends now.</summary>
internal sealed class BenchEntries(ChainId chain, ISigner gateway, IReadOnlyList<NodeAddress> nodes, DateTimeOffset now)
{
    private const int QuarterHour = 900;

    private long _sequence;

    public IReadOnlyList<ReadOnlyMemory<byte>> Sign(Register register, int entries, int readingsPerEntry)
    {
        var signed = new ReadOnlyMemory<byte>[entries];
        var intervals = ((long)entries / nodes.Count + 1) * readingsPerEntry;
        var start = (now.ToUnixTimeSeconds() / QuarterHour - intervals) * QuarterHour;
        for (var i = 0; i < entries; i++)
        {
            var first = start + (long)(i / nodes.Count) * readingsPerEntry * QuarterHour;
            var readings = Enumerable.Range(0, readingsPerEntry)
                .Select(r => new Reading(register, first + (long)r * QuarterHour, QuarterHour, (i * 31L + r * 17L) % 2_000, Quality.Measured, Revision: 0));
            if (!ReadingBatch.TryPack(nodes[i % nodes.Count], readings, out var batches, out var error))
            {
                throw new InvalidOperationException(error);
            }

            signed[i] = EntryBuilder.Sign(batches.Single(), chain, _sequence++, RandomNumberGenerator.GetBytes(OpenedEntry.SaltSize), gateway);
        }

        return signed;
    }
}
