namespace Dems.Cli.Flips;

/// <summary>What <c>dems flips</c> was asked for.</summary>
internal sealed record FlipsOptions
{
    /// <summary>How many bytes are flipped, one at a time, in the store of a member that is repaired by its peers.</summary>
    public int Count { get; init; } = 100;

    /// <summary>Of these, how many are repaired over real silos and HTTP/2; the others in this process.</summary>
    public int OverHttp { get; init; } = 1;

    /// <summary>Further flips, in the log of a member that had signed for a height when all members stopped at once.</summary>
    public int Rejoins { get; init; } = 2;

    /// <summary>Chooses the bytes. The network's keys and times differ from run to run, so the bytes do too.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Folder for the network and its copies; null for a new temporary one.</summary>
    public string? Data { get; init; }

    /// <summary>Homes of the demo network's village.</summary>
    public int Homes { get; init; } = 10;

    /// <summary>Batches that are ordered after the demo and stay in the write-ahead log.</summary>
    public int Batches { get; init; } = 60;

    /// <summary>A member that is not back by then is not repaired.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(60);
}
