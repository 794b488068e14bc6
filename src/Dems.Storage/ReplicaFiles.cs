namespace Dems.Storage;

/// <summary>Where a member keeps one chain: a database, two small files beside it that outlive a restored copy of it, and its snapshots.</summary>
/// <param name="Folder">Data folder of the member.</param>
/// <param name="Name">Short name of the chain (the pool's), used in file names.</param>
public sealed record ReplicaFiles(string Folder, string Name)
{
    /// <summary>Chain, mempool and safety row.</summary>
    public string Database => Path.Combine(Folder, $"{Name}.db");

    /// <summary>The highest position signed.</summary>
    public string HighWater => Path.Combine(Folder, $"{Name}.high-water");

    /// <summary>How many commits the database had.</summary>
    public string CommitMark => Path.Combine(Folder, $"{Name}.commits");

    /// <summary>Folder of the state snapshots.</summary>
    public string Snapshots => Path.Combine(Folder, $"{Name}.snapshots");

    /// <summary>Folder of a state that is being fetched from peers; may be deleted while the member is stopped.</summary>
    public string SnapshotParts => Path.Combine(Snapshots, "fetching");

    /// <summary>Query tables; may be deleted at any time.</summary>
    public string Projection => Path.Combine(Folder, $"{Name}.readings.db");
}
