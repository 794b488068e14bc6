namespace Dems.Simulation.Faults;

/// <summary>What a disk does beyond losing what was not synced. A member whose disk does any of it counts among the f.</summary>
internal enum DiskDamage
{
    /// <summary>The folder is empty; the key is the old one.</summary>
    Wiped,

    /// <summary>The database is restored from an older copy; the high-water file is the newest.</summary>
    RolledBack,

    /// <summary>Database and high-water file are restored from an older copy.</summary>
    RolledBackWithMark,

    /// <summary>A flipped bit in the safety row: its checksum fails, the row counts as missing.</summary>
    RowFlipped,

    /// <summary>A flipped bit in a block: it and what follows are fetched again.</summary>
    BlockFlipped,

    /// <summary>A flipped bit in the body of a pending entry.</summary>
    BodyFlipped,

    /// <summary>A flipped bit in the high-water file: it counts as missing.</summary>
    MarkFlipped,
}
