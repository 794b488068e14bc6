using Dems.Core.Energy;

namespace Dems.Core.Allocation.Arithmetic;

/// <summary>Writes down each step of an allocation that is explained. Without one, nothing is written down and nothing is spent.</summary>
internal sealed class AllocationTrace(NodeAddress[] addresses)
{
    private readonly List<AllocationStep> _steps = [];

    public IReadOnlyList<AllocationStep> Steps => _steps;

    /// <summary>A step of the whole pool.</summary>
    public void Pool(string formula, string numbers, long value) => _steps.Add(new AllocationStep(default, formula, numbers, value));

    /// <summary>A step of one participant.</summary>
    public void Node(int place, string formula, string numbers, long value) => _steps.Add(new AllocationStep(addresses[place], formula, numbers, value));

    /// <summary>Supply covers demand: everyone is served in full.</summary>
    public void Enough(long supply, ReadOnlySpan<long> demand)
    {
        Pool("P ≥ ΣC: aᵢ = Cᵢ", $"{supply} ≥ {Totals.Of(demand)}", Totals.Of(demand));
        for (var i = 0; i < demand.Length; i++)
        {
            if (demand[i] > 0)
            {
                Node(i, "aᵢ = Cᵢ", $"{demand[i]}", demand[i]);
            }
        }
    }

    /// <summary>What came of all steps, for everyone who received or sold.</summary>
    public void Outcome(AllocationOutcome outcome)
    {
        for (var i = 0; i < addresses.Length; i++)
        {
            var (own, given, placed) = (outcome.Own[i], outcome.Given[i], outcome.Placed[i]);
            if (own + given > 0)
            {
                Node(i, "aᵢ = own + shared", $"{own} + {given}", own + given);
            }

            if (own + placed > 0)
            {
                Node(i, "soldⱼ = own + shared", $"{own} + {placed}", own + placed);
            }

            if (outcome.Leftover[i] > 0)
            {
                Node(i, "leftover: assigned, not used, fed in on the consumer's account", $"{outcome.Leftover[i]}", outcome.Leftover[i]);
            }
        }
    }

    /// <summary>A largest-remainder sharing, quota by quota.</summary>
    public void Quotas(NodeAddress[] over, string formula, long amount, ReadOnlySpan<long> weights, long divisor, long total, ReadOnlySpan<long> parts)
    {
        Pool($"⌊Σ {formula}⌋", $"{amount}·{Totals.Of(weights)}/{divisor}", total);
        for (var i = 0; i < weights.Length; i++)
        {
            if (weights[i] == 0)
            {
                continue;
            }

            var (quotient, remainder) = Int128.DivRem(Math.BigMul(amount, weights[i]), divisor);
            var rounding = remainder == 0 ? "exact" : $"{quotient} rest {remainder}, " + (parts[i] > quotient ? "rounded up: among the largest remainders" : "rounded down");
            _steps.Add(new AllocationStep(over[i], formula, $"{amount}·{weights[i]}/{divisor} ({rounding})", parts[i]));
        }
    }
}
