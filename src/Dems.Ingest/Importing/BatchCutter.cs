using Dems.Core;
using Dems.Core.Energy;
using Dems.Core.Ledger.Entries;
using Dems.Formats;

namespace Dems.Ingest.Importing;

/// <summary>
/// Gathers readings per node and cuts them into batches. A node's batches depend on that node's rows and their order alone, so that reading a source
/// again numbers them alike.
/// </summary>
internal sealed class BatchCutter(string name, Hash32 source, int batchSize, int maxNodes)
{
    private readonly Dictionary<NodeAddress, Gathering> _nodes = [];
    private readonly List<Gathering> _order = [];

    /// <summary>Adds a reading; gives the batches that it completes and the readings that cannot be part of any.</summary>
    public IReadOnlyList<Cut> Add(NodeAddress node, ImportedReading reading)
    {
        if (!_nodes.TryGetValue(node, out var gathering))
        {
            if (_nodes.Count >= maxNodes)
            {
                return [Refuse(reading, $"the source holds more than {maxNodes} metering points", "split the file")];
            }

            gathering = new Gathering(node, BatchKey.SeriesOf(source, batchSize, node));
            _nodes.Add(node, gathering);
            _order.Add(gathering);
        }

        gathering.Readings.Add(reading);
        return gathering.Readings.Count >= batchSize ? Close(gathering) : [];
    }

    /// <summary>Cuts what is left, in the order in which the nodes first appeared.</summary>
    public IEnumerable<Cut> Finish() => _order.Where(gathering => gathering.Readings.Count > 0).SelectMany(Close);

    private List<Cut> Close(Gathering gathering)
    {
        var cuts = new List<Cut>();
        Pack(gathering, gathering.Readings, cuts);
        gathering.Readings.Clear();
        return cuts;
    }

    /// <summary>One bad reading must not take its neighbours along: what does not pack as a whole is halved until the culprit stands alone.</summary>
    private void Pack(Gathering gathering, List<ImportedReading> readings, List<Cut> cuts)
    {
        if (ReadingBatch.TryPack(gathering.Node, readings.Select(r => r.Reading), out var batches, out var error))
        {
            var (first, last) = (readings.Min(r => r.Line), readings.Max(r => r.Line));
            foreach (var batch in batches)
            {
                cuts.Add(new Cut(new ImportedBatch(new BatchKey(gathering.Series, gathering.Next++), batch, first, last), null));
            }
        }
        else if (readings.Count == 1)
        {
            cuts.Add(Refuse(readings[0], error, "correct the row and import the file again"));
        }
        else
        {
            var half = readings.Count / 2;
            Pack(gathering, readings[..half], cuts);
            Pack(gathering, readings[half..], cuts);
        }
    }

    private Cut Refuse(ImportedReading reading, string reason, string fix) =>
        new(null, new RejectedRow(name, reading.Line, "", reading.MeteringPoint, reason, fix));

    /// <summary>A batch or a refused reading.</summary>
    public readonly record struct Cut(ImportedBatch? Batch, RejectedRow? Rejected);

    private sealed class Gathering(NodeAddress node, Hash32 series)
    {
        public NodeAddress Node => node;

        public Hash32 Series => series;

        public int Next { get; set; }

        public List<ImportedReading> Readings { get; } = [];
    }
}
