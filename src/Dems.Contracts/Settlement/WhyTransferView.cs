namespace Dems.Contracts.Settlement;

/// <summary>What a consumer received of a producer.</summary>
/// <param name="Producer">Address of the producer.</param>
/// <param name="Consumer">Address of the consumer.</param>
/// <param name="EnergyWh">How much.</param>
public sealed record WhyTransferView(string Producer, string Consumer, long EnergyWh);
