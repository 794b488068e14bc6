using Dems.Core.Allocation;
using Dems.Formats;

namespace Dems.Cli.Offline;

/// <summary>What to allocate, and how.</summary>
internal sealed record OfflineRequest
{
    public required IReadOnlyList<string> Paths { get; init; }

    public string? Rule { get; init; }

    public string? Preset { get; init; }

    /// <summary>Null for what the policy says.</summary>
    public AllocationBasis? Basis { get; init; }

    /// <summary>Seconds; null for what the readings need.</summary>
    public int? Interval { get; init; }

    public string Pool { get; init; } = "community";

    public Rounding Rounding { get; init; }

    /// <summary>File for rows that are not used.</summary>
    public required string Rejects { get; init; }
}
