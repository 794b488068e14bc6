using Dems.Core.Allocation.Arithmetic;
using Dems.Core.Energy;

namespace Dems.Core.Allocation.Rules;

/// <summary>
/// Pair coefficients cⱼᵢ in 10⁻⁶, Σᵢ cⱼᵢ ≤ 10⁶: first each producer is divided, qⱼᵢ = LR over i of Pⱼ·cⱼᵢ/10⁶ to ⌊Pⱼ·Σᵢcⱼᵢ/10⁶⌋; then each consumer that is assigned
/// more than it uses, Dᵢ = Σⱼqⱼᵢ &gt; Cᵢ, takes xⱼᵢ = LR over j of Cᵢ·qⱼᵢ/Dᵢ and leaves the rest to the producers; the others take xⱼᵢ = qⱼᵢ.
/// Source: DESIGN §7 rule 5; Enedis, full dynamic key of collective self-consumption (a coefficient per producer, consumer and time step; Code de l'énergie D. 315-6).
/// </summary>
internal sealed class PairCoefficientsRule : MatchingRule
{
    private readonly Line[] _byProducer;
    private readonly Line[] _byConsumer;
    private readonly int[] _producerOf;
    private readonly int[] _consumerOf;
    private readonly long[] _quantities;

    /// <summary>Takes the pairs whose nodes both take part.</summary>
    public PairCoefficientsRule(IEnumerable<PairShare> pairs, NodeTable nodes, LargestRemainder remainders)
    {
        var known = pairs.Select(p => (Producer: nodes.Find(p.Producer), Consumer: nodes.Find(p.Consumer), Share: (long)p.PartsPerMillion))
            .Where(p => p.Producer >= 0 && p.Consumer >= 0).ToList();
        _producerOf = [.. known.Select(p => p.Producer)];
        _consumerOf = [.. known.Select(p => p.Consumer)];
        _quantities = new long[known.Count];
        var shares = known.Select(p => p.Share).ToArray();
        _byProducer = Lines(_producerOf, _consumerOf, shares, nodes.Addresses, remainders);
        _byConsumer = Lines(_consumerOf, _producerOf, shares, nodes.Addresses, remainders);
    }

    /// <inheritdoc/>
    public override void Match(ReadOnlySpan<long> demand, ReadOnlySpan<long> offer, SelfSharing self, AllocationOutcome outcome, LargestRemainder remainders)
    {
        foreach (var line in _byProducer)
        {
            remainders.Trace?.Node(line.Place, "Pⱼ, divided among the consumers of its pairs", $"{line.Shares.Length} pairs", offer[line.Place]);
            line.Remainders.Share("Pⱼ·cⱼᵢ/10⁶", offer[line.Place], line.Shares, AllocationBounds.Million, line.Parts);
            line.Store(_quantities);
        }

        foreach (var line in _byConsumer)
        {
            line.Load(_quantities);
            var assigned = Totals.Of(line.Weights);
            if (assigned > demand[line.Place])
            {
                remainders.Trace?.Node(line.Place, "Cᵢ < Σⱼqⱼᵢ: Cᵢ, divided among the producers of its pairs", $"{assigned} are assigned", demand[line.Place]);
                line.Remainders.Share("Cᵢ·qⱼᵢ/Σⱼqⱼᵢ", demand[line.Place], line.Weights, assigned, line.Parts);
                line.Store(_quantities);
            }
        }

        for (var pair = 0; pair < _quantities.Length; pair++)
        {
            outcome.GivenValues[_consumerOf[pair]] += _quantities[pair];
            outcome.PlacedValues[_producerOf[pair]] += _quantities[pair];
        }

        outcome.Pairs = [.. _quantities.Select((quantity, pair) => (_producerOf[pair], _consumerOf[pair], quantity)).Where(p => p.quantity > 0)];
    }

    private static Line[] Lines(int[] places, int[] partners, long[] shares, NodeAddress[] addresses, LargestRemainder remainders) =>
        [.. Enumerable.Range(0, places.Length).GroupBy(pair => places[pair]).OrderBy(g => g.Key).Select(g =>
            new Line(g.Key, [.. g], [.. g.Select(pair => shares[pair])], remainders.Over([.. g.Select(pair => addresses[partners[pair]])])))];

    /// <summary>The pairs of one producer or of one consumer.</summary>
    private sealed class Line(int place, int[] pairs, long[] shares, LargestRemainder remainders)
    {
        public int Place => place;

        public long[] Shares => shares;

        public long[] Parts { get; } = new long[pairs.Length];

        public long[] Weights { get; } = new long[pairs.Length];

        public LargestRemainder Remainders => remainders;

        public void Store(long[] quantities)
        {
            for (var k = 0; k < pairs.Length; k++)
            {
                quantities[pairs[k]] = Parts[k];
            }
        }

        public void Load(long[] quantities)
        {
            for (var k = 0; k < pairs.Length; k++)
            {
                Weights[k] = quantities[pairs[k]];
            }
        }
    }
}
