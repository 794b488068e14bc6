using Dems.Core.Energy;

namespace Dems.Core.Allocation;

/// <summary>One step of a cascade.</summary>
/// <param name="Members">Who belongs to it, strictly ascending; empty in the last tier only, where it means everyone whom no other tier names.</param>
/// <param name="Inner">How the tier shares what reaches it: static, pro rata or equal with caps.</param>
public sealed record CascadeTier(IReadOnlyList<NodeAddress> Members, AllocationRule Inner);
