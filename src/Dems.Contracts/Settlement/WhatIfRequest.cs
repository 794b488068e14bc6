using System.Text.Json;

namespace Dems.Contracts.Settlement;

/// <summary>What to try.</summary>
/// <param name="Carrier">The carrier; electricity if absent.</param>
/// <param name="Preset">Name of a preset or country's code; null to keep the pool's policy or use <paramref name="Policy"/>.</param>
/// <param name="Policy">A policy as JSON; null to keep the pool's or use <paramref name="Preset"/>.</param>
/// <param name="Tariff">A tariff as JSON; null to keep the pool's.</param>
public sealed record WhatIfRequest(string? Carrier, string? Preset, JsonElement? Policy, JsonElement? Tariff);
