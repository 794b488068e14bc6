using Dems.Core.Allocation.Arithmetic;

namespace Dems.Core.Allocation.Rules;

/// <summary>
/// Static shares sᵢ in 10⁻⁶, Σ ≤ 10⁶: q = LR of P·sᵢ/10⁶ to ⌊P·Σs/10⁶⌋; aᵢ = min(qᵢ, Cᵢ). With all rounds the unused Σ(qᵢ − aᵢ) is shared again by the shares of
/// those still unsatisfied, until nothing is unused or nobody with a share is unsatisfied. What is unused in the end stays with the producers, or is fed in on the
/// consumers' account: qᵢ − aᵢ after one round, LR of the rest by shares after all rounds.
/// Source: DESIGN §7 rule 1; Code de l'énergie D. 315-6 (France, static key); Real Decreto 244/2019, annex I (Spain, β).
/// </summary>
internal sealed class StaticRule : ConsumerRule
{
    private readonly long[] _shares;
    private readonly long[] _unsatisfied;
    private readonly ShareRounds _rounds;
    private readonly LeftoverTo _leftoverTo;

    /// <summary>Takes the shares of the participants in 10⁻⁶.</summary>
    public StaticRule(long[] shares, ShareRounds rounds, LeftoverTo leftoverTo)
    {
        _shares = shares;
        _unsatisfied = new long[shares.Length];
        _rounds = rounds;
        _leftoverTo = leftoverTo;
    }

    /// <inheritdoc/>
    public override void Serve(long supply, ReadOnlySpan<long> demand, Span<long> given, Span<long> leftover, LargestRemainder remainders)
    {
        leftover.Clear();
        given.Clear();
        var assigned = remainders.Scratch(demand.Length);
        remainders.Share("P·sᵢ/10⁶", supply, _shares, AllocationBounds.Million, assigned);
        var unused = Use(demand, assigned, given);
        if (_rounds == ShareRounds.One)
        {
            if (_leftoverTo == LeftoverTo.Consumer)
            {
                Unused(assigned, given, leftover);
            }

            return;
        }

        while (unused > 0 && Unsatisfied(demand, given) is var shares and > 0)
        {
            remainders.Share("U·sᵢ/Σs of the unsatisfied", unused, _unsatisfied, shares, assigned);
            unused = Use(demand, assigned, given);
        }

        if (unused > 0 && _leftoverTo == LeftoverTo.Consumer)
        {
            remainders.Share("rest·sᵢ/Σs", unused, _shares, Totals.Of(_shares), leftover);
        }
    }

    /// <summary>Adds what each can use of its part; returns what is unused.</summary>
    private static long Use(ReadOnlySpan<long> demand, ReadOnlySpan<long> assigned, Span<long> given)
    {
        var unused = 0L;
        for (var i = 0; i < given.Length; i++)
        {
            var used = Math.Min(assigned[i], demand[i] - given[i]);
            given[i] += used;
            unused += assigned[i] - used;
        }

        return unused;
    }

    private static void Unused(ReadOnlySpan<long> assigned, ReadOnlySpan<long> given, Span<long> leftover)
    {
        for (var i = 0; i < leftover.Length; i++)
        {
            leftover[i] = assigned[i] - given[i];
        }
    }

    private long Unsatisfied(ReadOnlySpan<long> demand, ReadOnlySpan<long> given)
    {
        for (var i = 0; i < _unsatisfied.Length; i++)
        {
            _unsatisfied[i] = given[i] < demand[i] ? _shares[i] : 0;
        }

        return Totals.Of(_unsatisfied);
    }
}
