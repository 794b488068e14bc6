using System.Numerics;
using Dems.Core.Allocation;
using Dems.Core.Energy;

namespace Dems.Core.Tests.Allocation.Reference;

/// <summary>
/// The whole of an allocation in rational numbers, written from docs/allocation.md and sharing no code with the product: every step as its definition has it, however
/// slow.
/// </summary>
internal sealed class SlowAllocator
{
    private readonly AllocationInput _input;
    private readonly Hamilton _hamilton;
    private readonly NodeAddress[] _nodes;
    private readonly SlowConsumers _consumers;
    private readonly BigInteger[] _demand;
    private readonly BigInteger[] _offer;
    private readonly BigInteger[] _own;
    private BigInteger[] _given;
    private BigInteger[] _sold;

    public SlowAllocator(AllocationInput input)
    {
        _input = input;
        _hamilton = new Hamilton(input.Interval);
        _nodes = [.. input.Participants.Select(p => p.Node)];
        _consumers = new SlowConsumers(_hamilton, _nodes);
        _demand = [.. input.Participants.Select(p => (BigInteger)p.Consumption)];
        _offer = [.. input.Participants.Select(p => (BigInteger)p.Production)];
        _own = new BigInteger[_nodes.Length];
        _given = new BigInteger[_nodes.Length];
        _sold = new BigInteger[_nodes.Length];
        Leftover = new BigInteger[_nodes.Length];
        Run();
    }

    public BigInteger[] Allocated => [.. _given.Zip(_own, (x, y) => x + y)];

    public BigInteger[] Sold => [.. _sold.Zip(_own, (x, y) => x + y)];

    public BigInteger[] Leftover { get; private set; }

    public long? Price { get; private set; }

    public SortedDictionary<NodeAddress, BigInteger> Storage { get; } = [];

    public SortedDictionary<(NodeAddress Producer, NodeAddress Consumer), BigInteger> Matrix { get; } = [];

    private void Run()
    {
        if (_input.Policy.Self == SelfSharing.First)
        {
            UseOwn();
        }

        if (_input.Policy.Rule is AllocationRule.VirtualStorage storage)
        {
            Store(storage);
        }

        switch (_input.Policy.Rule)
        {
            case AllocationRule.PairCoefficients pairs:
                Pairs((_input.Parameters as IntervalParameters.Pairs)?.Values ?? pairs.Standing);
                break;
            case AllocationRule.UniformPriceAuction auction:
                Price = Trade(auction.Standing) is var (low, high) && low is not null ? SlowAuction.Price(auction, low.Value, high!.Value) : null;
                FillMatrix();
                break;
            case AllocationRule.PayAsBid auction:
                Trade(auction.Standing);
                FillMatrix();
                break;
            default:
                Share();
                FillMatrix();
                break;
        }

        foreach (var (node, own) in _nodes.Zip(_own).Where(pair => pair.Second > 0))
        {
            Matrix[(node, node)] = own + Matrix.GetValueOrDefault((node, node));
        }
    }

    private void UseOwn()
    {
        for (var i = 0; i < _nodes.Length; i++)
        {
            _own[i] = BigInteger.Min(_demand[i], _offer[i]);
            _demand[i] -= _own[i];
            _offer[i] -= _own[i];
        }
    }

    private void Store(AllocationRule.VirtualStorage rule)
    {
        foreach (var state in _input.Storage)
        {
            Storage[state.Node] = state.MicroWh;
        }

        foreach (var unit in rule.Units.Where(u => _nodes.Contains(u.Node)))
        {
            var i = Array.IndexOf(_nodes, unit.Node);
            var held = new Ratio(Storage.GetValueOrDefault(unit.Node), 1_000_000);
            var most = new Ratio((BigInteger)unit.PowerW * _input.Interval.Duration, 3_600);
            var charging = new Ratio(unit.ChargePpm, 1_000_000);
            var discharging = new Ratio(unit.DischargePpm, 1_000_000);
            var room = held < unit.MaxEnergyWh ? unit.MaxEnergyWh - held : 0;
            var charge = BigInteger.Min(_offer[i], BigInteger.Min(most.Floor, (room / charging).Floor));
            held += charge * charging;
            var discharge = BigInteger.Min(_demand[i], BigInteger.Min(most.Floor, (held * discharging).Floor));
            held -= new Ratio((discharge / discharging * 1_000_000).Ceiling, 1_000_000);
            _offer[i] -= charge;
            _demand[i] -= discharge;
            _own[i] += discharge;
            Storage[unit.Node] = (held * 1_000_000).Floor;
        }
    }

    private void Share()
    {
        var supply = Hamilton.Sum(_offer);
        var forbidden = _input.Policy.Self == SelfSharing.Forbidden;
        var demand = forbidden ? [.. _demand.Zip(_offer, (c, p) => BigInteger.Min(c, supply - p))] : _demand;
        var rule = _input.Policy.Rule is AllocationRule.Static s && _input.Parameters is IntervalParameters.Shares shares ? s with { Shares = shares.Values } : _input.Policy.Rule;
        (_given, Leftover) = _consumers.Serve(rule, supply, demand);
        var total = Hamilton.Sum(_given);
        Place(total, forbidden ? [.. _offer.Zip(_given, (p, a) => BigInteger.Min(p, total - a))] : _offer);
    }

    private void Place(BigInteger total, BigInteger[] offer)
    {
        switch (_input.Policy.Producers)
        {
            case ProducerKey.ProRata:
                _sold = _consumers.ProRata(total, offer);
                break;
            case ProducerKey.WaterFilled:
                _sold = _consumers.WaterFill(total, offer, [.. _nodes.Select(_ => BigInteger.One)]);
                break;
            case ProducerKey.Priority priority:
                var named = priority.Tiers.SelectMany(t => t).ToHashSet();
                foreach (var tier in priority.Tiers.Append([.. _nodes.Where(n => !named.Contains(n))]))
                {
                    var inTier = _nodes.Zip(offer, (n, p) => tier.Contains(n) ? p : 0).ToArray();
                    var part = _consumers.ProRata(BigInteger.Min(total, Hamilton.Sum(inTier)), inTier);
                    total -= Hamilton.Sum(part);
                    _sold = [.. _sold.Zip(part, (x, y) => x + y)];
                }

                break;
            case ProducerKey.Percentages percentages:
                var weights = _nodes.Select(n => (BigInteger)percentages.Shares.FirstOrDefault(s => s.Node == n).PartsPerMillion).ToArray();
                _sold = _consumers.WaterFill(total, offer, weights);
                var others = _consumers.ProRata(total - Hamilton.Sum(_sold), [.. offer.Zip(weights, (p, w) => w == 0 ? p : 0)]);
                _sold = [.. _sold.Zip(others, (x, y) => x + y)];
                break;
            default:
                throw new InvalidOperationException("unknown key");
        }
    }

    private (long? Low, long? High) Trade(IReadOnlyList<LimitOrder> standing)
    {
        var orders = (_input.Parameters as IntervalParameters.Orders)?.Values ?? standing;
        (_given, _sold, var low, var high) = new SlowAuction(_hamilton, _nodes, orders, _demand, _offer).Match(_input.Policy.Self == SelfSharing.Forbidden);
        return (low, high);
    }

    private void Pairs(IReadOnlyList<PairShare> table)
    {
        var known = table.Where(p => _nodes.Contains(p.Producer) && _nodes.Contains(p.Consumer)).ToList();
        var assigned = new Dictionary<(NodeAddress Producer, NodeAddress Consumer), BigInteger>();
        foreach (var line in known.GroupBy(p => p.Producer))
        {
            var offer = _offer[Array.IndexOf(_nodes, line.Key)];
            var parts = _hamilton.Round([.. line.Select(p => p.Consumer)], [.. line.Select(p => new Ratio(offer * p.PartsPerMillion, 1_000_000))]);
            foreach (var (pair, part) in line.Zip(parts))
            {
                assigned[(pair.Producer, pair.Consumer)] = part;
            }
        }

        foreach (var line in known.GroupBy(p => p.Consumer))
        {
            var demand = _demand[Array.IndexOf(_nodes, line.Key)];
            var sum = Hamilton.Sum(line.Select(p => assigned[(p.Producer, p.Consumer)]));
            var parts = sum <= demand
                ? line.Select(p => assigned[(p.Producer, p.Consumer)])
                : _hamilton.Round([.. line.Select(p => p.Producer)], [.. line.Select(p => new Ratio(demand * assigned[(p.Producer, p.Consumer)], sum))]);
            foreach (var (pair, part) in line.Zip(parts).Where(x => x.Second > 0))
            {
                Enter(Array.IndexOf(_nodes, pair.Producer), Array.IndexOf(_nodes, pair.Consumer), part);
                _given[Array.IndexOf(_nodes, pair.Consumer)] += part;
                _sold[Array.IndexOf(_nodes, pair.Producer)] += part;
            }
        }
    }

    private void FillMatrix()
    {
        var (rest, waiting) = ((BigInteger[])_sold.Clone(), (BigInteger[])_given.Clone());
        foreach (var i in Enumerable.Range(0, _nodes.Length).OrderBy(i => _hamilton.Tie(_nodes[i]), StringComparer.Ordinal))
        {
            var wanted = waiting[i];
            waiting[i] = 0;
            var afterwards = Hamilton.Sum(rest) - wanted;
            var forbidden = _input.Policy.Self == SelfSharing.Forbidden;
            var least = rest.Select((r, j) => forbidden && j != i ? BigInteger.Max(0, waiting[j] + r - afterwards) : 0).ToArray();
            var open = rest.Select((r, j) => forbidden && j == i ? 0 : r - least[j]).ToArray();
            var parts = _consumers.ProRata(wanted - Hamilton.Sum(least), open);
            for (var j = 0; j < rest.Length; j++)
            {
                rest[j] -= least[j] + parts[j];
                Enter(j, i, least[j] + parts[j]);
            }
        }
    }

    private void Enter(int producer, int consumer, BigInteger quantity)
    {
        if (quantity > 0)
        {
            Matrix[(_nodes[producer], _nodes[consumer])] = quantity;
        }
    }
}
