using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Dems.Core;
using Dems.Core.Allocation;
using Dems.Core.Energy;
using Dems.Core.Ledger;
using Dems.Ingest.Importing;

namespace Dems.Cli.Offline;

/// <summary>
/// Allocates the readings of one carrier without a network, by what docs/intervals.md says: readings that lie within an interval and cover it are summed, what is missing
/// counts 0. A metering point whose id is an address keeps it; others get one that is a hash of the id, so that ties fall alike on every machine.
/// </summary>
internal sealed class OfflineAllocation
{
    private static readonly int[] Lengths = [300, 900, 1_800, 3_600, 86_400];

    private readonly Carrier _carrier;
    private readonly AllocationPolicy _policy;
    private readonly OfflineNode[] _nodes;
    private readonly int _interval;
    private readonly SortedDictionary<long, Cell[]> _intervals = [];
    private readonly (bool Consumption, bool Production)[] _awaited;
    private long _notAllocated;

    private OfflineAllocation(Carrier carrier, AllocationPolicy policy, OfflineNode[] nodes, int interval)
    {
        (_carrier, _policy, _nodes, _interval) = (carrier, policy, nodes, interval);
        _awaited = new (bool, bool)[nodes.Length];
    }

    /// <summary>Allocates a carrier of some readings.</summary>
    /// <param name="readings">What was read.</param>
    /// <param name="carrier">A carrier that they have.</param>
    /// <param name="choose">The policy for the nodes, ascending by address.</param>
    /// <param name="interval">Length of an interval in seconds; null for the shortest that holds the longest reading of up to a day.</param>
    /// <param name="pool">Name that breaks ties; part of the outcome.</param>
    /// <param name="allocated">The allocation.</param>
    /// <param name="lacking">Why the policy finds nothing to count.</param>
    public static bool TryRun(
        OfflineReadings readings,
        Carrier carrier,
        Func<IReadOnlyList<NodeAddress>, AllocationPolicy> choose,
        int? interval,
        string pool,
        out OfflineCarrier allocated,
        out string lacking)
    {
        (allocated, lacking) = (null!, "");
        var series = readings.Series.Where(one => one.Point.Carrier == carrier).ToList();
        var nodes = series.Select(one => one.Point).Distinct().Select(point => new OfflineNode(point, AddressOf(point))).OrderBy(node => node.Address).ToArray();
        var policy = choose([.. nodes.Select(node => node.Address)]);
        var (consumption, production) = policy.Basis == AllocationBasis.Grid ? (Register.Import, Register.Export) : (Register.Consumption, Register.Generation);
        var counted = series.Where(one => one.Register == consumption || one.Register == production).ToList();
        if (counted.Count == 0)
        {
            var registers = series.Select(one => Word(one.Register)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
            lacking = $"{Word(carrier)}: basis {Word(policy.Basis)} counts {Word(consumption)} and {Word(production)}, and the readings have {string.Join(", ", registers)} only";
            return false;
        }

        var lengths = counted.SelectMany(one => one.Readings).Select(reading => reading.Duration).Where(duration => duration <= Lengths[^1]).DefaultIfEmpty(Lengths[^1]);
        var length = Math.Max(policy.SettlementInterval, interval ?? Lengths.First(candidate => candidate >= lengths.Max()));
        var run = new OfflineAllocation(carrier, policy, nodes, length);
        foreach (var (point, register, values) in counted)
        {
            run.Add(Array.FindIndex(nodes, node => node.Point == point), register == consumption, values);
        }

        allocated = run.Allocate(new ChainId(Hash32.Of(Encoding.UTF8.GetBytes(pool))));
        return true;
    }

    private void Add(int node, bool isConsumption, IEnumerable<Reading> readings)
    {
        foreach (var reading in readings)
        {
            var start = reading.Start - reading.Start % _interval;
            if (reading.Start + reading.Duration > start + _interval)
            {
                _notAllocated++;
                continue;
            }

            if (!_intervals.TryGetValue(start, out var cells))
            {
                _intervals.Add(start, cells = new Cell[_nodes.Length]);
            }

            if (isConsumption)
            {
                cells[node].Consumption += reading.Quantity;
                cells[node].ConsumptionSeconds += reading.Duration;
                _awaited[node].Consumption = true;
            }
            else
            {
                cells[node].Production += reading.Quantity;
                cells[node].ProductionSeconds += reading.Duration;
                _awaited[node].Production = true;
            }
        }
    }

    private OfflineCarrier Allocate(ChainId pool)
    {
        if (_intervals.Count == 0)
        {
            throw new CommandException(ExitCodes.Usage, $"{Word(_carrier)}: no reading lies within one interval of {_interval} s.");
        }

        if (!AllocationPlan.TryCreate(pool, _carrier, _policy, [.. _nodes.Select(node => node.Address)], out var plan, out var error))
        {
            throw new CommandException(ExitCodes.Usage, error);
        }

        using var fingerprint = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var outcome = plan.NewOutcome();
        var (consumption, production) = (new long[_nodes.Length], new long[_nodes.Length]);
        var (missing, conserved) = (0L, true);
        foreach (var (start, cells) in _intervals)
        {
            missing += Fill(cells, consumption, production);
            if (!plan.TryAllocate(start, _interval, consumption, production, parameters: null, outcome, out error))
            {
                throw new CommandException(ExitCodes.Usage, $"Interval {DateTimeOffset.FromUnixTimeSeconds(start):yyyy-MM-ddTHH:mm:ssZ}: {error}");
            }

            conserved &= Book(start, consumption, production, outcome, fingerprint);
        }

        return Summary(missing, conserved, Convert.ToHexStringLower(fingerprint.GetHashAndReset()));
    }

    // What does not cover its interval counts 0, as on a chain.
    private long Fill(Cell[] cells, long[] consumption, long[] production)
    {
        var missing = 0L;
        for (var i = 0; i < cells.Length; i++)
        {
            var (isConsumed, isProduced) = (cells[i].ConsumptionSeconds == _interval, cells[i].ProductionSeconds == _interval);
            missing += (_awaited[i].Consumption && !isConsumed ? 1 : 0) + (_awaited[i].Production && !isProduced ? 1 : 0);
            consumption[i] = isConsumed ? cells[i].Consumption : 0;
            production[i] = isProduced ? cells[i].Production : 0;
        }

        return missing;
    }

    private bool Book(long start, long[] consumption, long[] production, AllocationOutcome outcome, IncrementalHash fingerprint)
    {
        Span<byte> bytes = stackalloc byte[4 * sizeof(long) + NodeAddress.Size];
        var all = new OfflineTotals();
        for (var i = 0; i < _nodes.Length; i++)
        {
            var (own, charged, discharged) = (outcome.Own[i], outcome.Charged[i], outcome.Discharged[i]);
            var (allocated, sold) = (outcome.Given[i] + own, outcome.Placed[i] + own);
            var row = new OfflineTotals
            {
                ConsumptionWh = consumption[i],
                ProductionWh = production[i],
                AllocatedWh = allocated,
                SoldWh = sold,
                GridWh = consumption[i] - allocated,
                ExportedWh = production[i] + discharged - charged - sold,
                ChargedWh = charged,
                DischargedWh = discharged,
            };
            _nodes[i].Add(row);
            all.Add(row);
            BinaryPrimitives.WriteInt64BigEndian(bytes, start);
            _nodes[i].Address.CopyTo(bytes[8..]);
            BinaryPrimitives.WriteInt64BigEndian(bytes[28..], allocated);
            BinaryPrimitives.WriteInt64BigEndian(bytes[36..], sold);
            BinaryPrimitives.WriteInt64BigEndian(bytes[44..], charged - discharged);
            fingerprint.AppendData(bytes);
        }

        return all.Balances && all.GridWh >= 0 && all.ExportedWh == outcome.Export;
    }

    private OfflineCarrier Summary(long missing, bool conserved, string fingerprint)
    {
        var summary = new OfflineCarrier
        {
            Carrier = Word(_carrier),
            Rule = JsonNamingPolicy.KebabCaseLower.ConvertName(_policy.Rule.GetType().Name),
            Basis = Word(_policy.Basis),
            IntervalSeconds = _interval,
            From = DateTimeOffset.FromUnixTimeSeconds(_intervals.Keys.First()),
            Until = DateTimeOffset.FromUnixTimeSeconds(_intervals.Keys.Last() + _interval),
            Intervals = _intervals.Count,
            Missing = missing,
            NotAllocated = _notAllocated,
            Fingerprint = fingerprint,
            Nodes = [.. _nodes.OrderBy(node => node.Id, StringComparer.Ordinal)],
            Conserved = conserved,
        };
        foreach (var node in _nodes)
        {
            summary.Add(node);
        }

        return summary with { Conserved = conserved && summary.Balances };
    }

    private static NodeAddress AddressOf(MeteringPoint point) => NodeAddress.TryParse(point.Id, out var address, out _)
        ? address
        : new NodeAddress(SHA256.HashData(Encoding.UTF8.GetBytes(point.Id)).AsSpan(0, NodeAddress.Size));

    private static string Word<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());

    private struct Cell
    {
        public long Consumption;
        public long ConsumptionSeconds;
        public long Production;
        public long ProductionSeconds;
    }
}
