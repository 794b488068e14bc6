namespace Dems.Contracts.Settlement;

/// <summary>A node's energy as it was, and as it would have been.</summary>
/// <param name="Node">Address of the node.</param>
/// <param name="Before">As it was.</param>
/// <param name="After">As it would have been.</param>
public sealed record WhatIfNodeView(string Node, EnergyView Before, EnergyView After);
