using System.Diagnostics.CodeAnalysis;
using Dems.Core.Ledger;
using Dems.Core.Ledger.Entries;

namespace Dems.Replication.Ports;

/// <summary>Opened entries of one member on their way from arrival to execution, so that none is decoded twice. Bounded; what it drops is opened again from the disk. Safe for concurrent use.</summary>
public interface IEntryCache
{
    /// <summary>Keeps an entry.</summary>
    void Add(OpenedEntry entry);

    /// <summary>Finds an entry by its bytes' name.</summary>
    bool TryGet(LeafHash leaf, [NotNullWhen(true)] out OpenedEntry? entry);

    /// <summary>Drops an entry that was executed.</summary>
    void Remove(LeafHash leaf);
}
