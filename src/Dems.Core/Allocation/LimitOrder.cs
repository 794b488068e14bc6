using Dems.Core.Energy;

namespace Dems.Core.Allocation;

/// <summary>
/// A node's limits, fixed before the interval starts; its quantities are what is metered. Prices in 10⁻⁶ currency per kWh within
/// ±<see cref="AllocationBounds.MaxPrice"/>. A side without a limit does not trade.
/// </summary>
/// <param name="Node">Who trades.</param>
/// <param name="Bid">The most it pays for its consumption; null if it does not buy.</param>
/// <param name="Ask">The least it takes for its production; null if it does not sell.</param>
public readonly record struct LimitOrder(NodeAddress Node, long? Bid, long? Ask);
