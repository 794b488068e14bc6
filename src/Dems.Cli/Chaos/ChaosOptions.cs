namespace Dems.Cli.Chaos;

/// <summary>What <c>dems chaos</c> was asked for, and the bounds that it holds the network to.</summary>
internal sealed record ChaosOptions
{
    /// <summary>How often a member is killed.</summary>
    public int Kills { get; init; } = 20;

    public int Members { get; init; } = 4;

    /// <summary>Decides who is killed when; the network's own timing differs from run to run.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Folder of the members' folders; null for a new temporary one.</summary>
    public string? Data { get; init; }

    /// <summary>Batches sent per second.</summary>
    public int Rate { get; init; } = 15;

    public int ReadingsPerBatch { get; init; } = 24;

    /// <summary>What happens to folders besides the kills.</summary>
    public IReadOnlyList<FolderLoss> Losses { get; init; } = FolderLosses.All;

    /// <summary>From the start of a killed member's process to its next vote.</summary>
    public TimeSpan RestartBound { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>From the start of a member that lost its folder, or part of it, to its next vote: it catches up and abstains first.</summary>
    public TimeSpan RejoinBound { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>A network that does not get on for so long has failed.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(60);
}
