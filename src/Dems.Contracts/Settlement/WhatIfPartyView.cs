namespace Dems.Contracts.Settlement;

/// <summary>What a party owes the community as it was, and as it would have been.</summary>
/// <param name="Party">Address of the party.</param>
/// <param name="Before">With VAT and currency; null if the pool had no tariff.</param>
/// <param name="After">With VAT and currency.</param>
/// <param name="BeforeUnits">In the currency's smallest unit.</param>
/// <param name="AfterUnits">In the currency's smallest unit.</param>
public sealed record WhatIfPartyView(string Party, string? Before, string? After, long BeforeUnits, long AfterUnits);
