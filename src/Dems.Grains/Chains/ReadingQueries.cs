using Dems.Contracts.Queries;
using Dems.Core.Energy;
using Dems.Core.Energy.Plausibility;
using Dems.Replication.Ports;
using ReadingPage = Dems.Contracts.Queries.ReadingPage;
using ReadingQuery = Dems.Contracts.Queries.ReadingQuery;
using StoredQuery = Dems.Replication.Ports.ReadingQuery;

namespace Dems.Grains.Chains;

/// <summary>Answers questions for readings from the query tables of this member.</summary>
public sealed class ReadingQueries(ChainSites sites) : IReadingQueries
{
    /// <inheritdoc/>
    public async Task<IReadOnlyList<NodeSummary>> NodesAsync(NodeAddress after, int limit, CancellationToken cancellationToken)
    {
        var nodes = new List<(NodeAddress Address, NodeSummary Summary)>();
        foreach (var site in sites.All)
        {
            foreach (var node in await site.Projection.ListNodesAsync(after, limit, cancellationToken))
            {
                nodes.Add((node.Address, new NodeSummary(
                    node.Address.ToString(),
                    site.Pool,
                    node.Readings,
                    DateTimeOffset.FromUnixTimeSeconds(node.FirstStart),
                    DateTimeOffset.FromUnixTimeSeconds(node.LastEnd))));
            }
        }

        return [.. nodes.OrderBy(n => n.Address).ThenBy(n => n.Summary.Pool, StringComparer.Ordinal).Take(limit).Select(n => n.Summary)];
    }

    /// <inheritdoc/>
    public async Task<ReadingPage> ReadingsAsync(ReadingQuery query, CancellationToken cancellationToken)
    {
        foreach (var site in sites.All)
        {
            var after = query.After is { } p ? new ReadingCursor(p.Start, (Register)p.Register, p.Duration, p.Revision) : (ReadingCursor?)null;
            var stored = new StoredQuery(query.Node, query.Register, query.From, query.To, query.AllRevisions, after, query.Limit) { Implausible = query.Implausible };
            var page = await site.Projection.QueryAsync(stored, cancellationToken);
            if (page.Readings.Count > 0)
            {
                var next = page.Next is { } n ? new ReadingPosition(n.Start, (int)n.Register, n.Duration, n.Revision) : (ReadingPosition?)null;
                var through = await site.Projection.ReadHeightAsync(cancellationToken);
                return new ReadingPage([.. page.Readings.Select(Of)], next, through.Value);
            }
        }

        return new ReadingPage([], null, 0);
    }

    private static ReadingView Of(ProjectedReading projected)
    {
        var reading = projected.Reading;
        return new ReadingView(
            reading.Register.ToString(),
            DateTimeOffset.FromUnixTimeSeconds(reading.Start),
            reading.Duration,
            reading.Quantity,
            reading.Quality.ToString(),
            reading.Revision,
            projected.EntryIndex)
        {
            Plausibility = [.. Enum.GetValues<Implausibility>().Where(mark => mark != Implausibility.None && projected.Marks.HasFlag(mark)).Select(mark => mark.ToString())],
        };
    }
}
