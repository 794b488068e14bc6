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

    public bool Once { get; init; }

    public string? Data { get; init; }

    public int Port { get; init; } = 5080;
}
