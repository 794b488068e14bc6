using Dems.Core.Allocation.Arithmetic;

namespace Dems.Core.Allocation.Rules;

/// <summary>
/// Cascade: tier k receives from R_k = P − Σ of the tiers before it, by its inner rule applied to R_k and the demand of its members; with an efficient inner rule that
/// is min(R_k, ΣC_k). Who is in no tier gets nothing.
/// Source: DESIGN §7 rule 4; priority on the consumers' side in Luxembourg (law of 1 August 2007, articles 8ter and 8quater).
/// </summary>
internal sealed class CascadeRule : ConsumerRule
{
    private readonly int[] _tierOf;
    private readonly ConsumerRule[] _inner;
    private readonly long[] _demand;
    private readonly long[] _given;

    /// <summary>Takes the tier of each participant; whoever is in none has <c>inner.Length</c>. Inner vectors are 0 outside their tier.</summary>
    public CascadeRule(int[] tierOf, ConsumerRule[] inner)
    {
        _tierOf = tierOf;
        _inner = inner;
        _demand = new long[tierOf.Length];
        _given = new long[tierOf.Length];
    }

    /// <inheritdoc/>
    public override void Serve(long supply, ReadOnlySpan<long> demand, Span<long> given, Span<long> leftover, LargestRemainder remainders)
    {
        given.Clear();
        leftover.Clear();
        for (var tier = 0; tier < _inner.Length; tier++)
        {
            for (var i = 0; i < _demand.Length; i++)
            {
                _demand[i] = _tierOf[i] == tier ? demand[i] : 0;
            }

            remainders.Trace?.Pool($"R of tier {tier + 1}", "P − Σ of the tiers before", supply);
            _inner[tier].Serve(supply, _demand, _given, leftover, remainders);
            for (var i = 0; i < _given.Length; i++)
            {
                given[i] += _given[i];
                supply -= _given[i];
            }
        }
    }
}
