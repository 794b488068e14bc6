using Dems.Core.Energy;

namespace Dems.Core.Allocation.Presets;

/// <summary>A country's way of sharing as a policy to start from.</summary>
/// <param name="Name">As the command line takes it, for example <c>at-dynamic</c>.</param>
/// <param name="Law">Where it comes from.</param>
/// <param name="For">The policy for a pool's nodes, ascending. Tables that the community agrees on (shares, coefficients, orders of priority) are filled evenly: replace them.</param>
/// <param name="CannotYet">What the law or the practice knows beyond this; empty if nothing.</param>
public sealed record AllocationPreset(string Name, string Law, Func<IReadOnlyList<NodeAddress>, AllocationPolicy> For, IReadOnlyList<string> CannotYet)
{
    /// <summary>ISO 3166-1 code of the country: the start of the name.</summary>
    public string Country => Name[..2];
}
