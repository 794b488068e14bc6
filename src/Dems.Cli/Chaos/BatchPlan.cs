using System.Security.Cryptography;
using Dems.Core.Crypto;
using Dems.Core.Energy;
using Dems.Core.Ledger;
using Dems.Core.Ledger.Encoding;
using Dems.Core.Ledger.Entries;

namespace Dems.Cli.Chaos;

/// <summary>Signed batches without end: quarter-hours of the nodes in turn, none repeating an interval.</summary>
internal sealed class BatchPlan(ChainId chain, ISigner gateway, IReadOnlyList<NodeAddress> nodes, int readingsPerBatch, long first = 0)
{
    private const int QuarterHour = 900;

    /// <summary>2026-01-01 00:00 UTC in Unix seconds.</summary>
    private const long From = 1_767_225_600;

    private long _next = first;

    /// <summary>The next batch.</summary>
    public OpenedEntry Next()
    {
        var number = _next++;
        var start = From + number / nodes.Count * readingsPerBatch * QuarterHour;
        var readings = Enumerable.Range(0, readingsPerBatch)
            .Select(r => new Reading(Register.Import, start + (long)r * QuarterHour, QuarterHour, (number * 31 + r * 17L) % 2_000, Quality.Measured, Revision: 0));
        if (!ReadingBatch.TryPack(nodes[(int)(number % nodes.Count)], readings, out var batches, out var error))
        {
            throw new InvalidOperationException(error);
        }

        var bytes = EntryBuilder.Sign(batches.Single(), chain, number, RandomNumberGenerator.GetBytes(OpenedEntry.SaltSize), gateway);
        return EntryCodec.TryDecode(bytes, out var entry, out var refusal)
            ? entry
            : throw new InvalidOperationException($"A batch signed here does not open: {refusal}.");
    }
}
