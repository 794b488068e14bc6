using Dems.Core.Allocation;

namespace Dems.Cli.Demo;

/// <summary>What <c>dems demo</c> was asked for.</summary>
internal sealed record DemoOptions
{
    public int Members { get; init; } = 4;

    public IReadOnlyList<string> Readings { get; init; } = [];

    public int Days { get; init; } = 1;

    public int Homes { get; init; } = 20;

    public ulong Seed { get; init; } = 1;

    public int BatchSize { get; init; } = 96;

    /// <summary>What the pool allocates by, in the words of <c>dems allocate</c>; null with <see cref="Preset"/> and <see cref="Basis"/> for pro rata on what is metered.</summary>
    public string? Rule { get; init; }

    public string? Preset { get; init; }

    public AllocationBasis? Basis { get; init; }

    public bool Once { get; init; }

    public string? Data { get; init; }

    public int Port { get; init; } = 5080;
}
