using Dems.Core.Ledger;
using Dems.Core.Ledger.Encoding;
using Dems.Core.Ledger.Entries;
using Dems.Simulation.World;

namespace Dems.Simulation.Nodes;

/// <summary>Opens entries. Opening depends on the bytes alone, so each is opened once for all nodes.</summary>
internal sealed class EntryBook
{
    private readonly Dictionary<LeafHash, OpenedEntry?> _opened = [];

    public OpenedEntry? Open(ReadOnlyMemory<byte> bytes)
    {
        var leaf = LeafHash.Of(bytes.Span);
        if (!_opened.TryGetValue(leaf, out var entry))
        {
            entry = EntryCodec.TryOpen(bytes, KeyedHashSigner.Verifier, out var opened, out _) ? opened : null;
            _opened[leaf] = entry;
        }

        return entry;
    }
}
