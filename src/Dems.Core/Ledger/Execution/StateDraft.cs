using System.Runtime.InteropServices;
using Dems.Core.Ledger.Merkle;

namespace Dems.Core.Ledger.Execution;

/// <summary>
/// A block's view of the state: decodes each record once, keeps changes decoded and writes them back in one pass. The order of its dictionary reaches nothing:
/// the map sorts its changes by key.
/// </summary>
internal sealed class StateDraft(StateMap start)
{
    private readonly Dictionary<Hash32, Slot> _slots = [];

    /// <summary>The record under a key; null if there is none.</summary>
    public T? Get<T>(Hash32 key, Func<ReadOnlyMemory<byte>, T> decode)
        where T : class, IStateRecord
    {
        ref var slot = ref CollectionsMarshal.GetValueRefOrAddDefault(_slots, key, out var known);
        if (!known)
        {
            slot.Value = start.TryGet(key, out var bytes) ? decode(bytes) : null;
        }

        return (T?)slot.Value;
    }

    /// <summary>Sets a record, or says that one from <see cref="Get"/> was changed in place.</summary>
    public void Set(Hash32 key, IStateRecord value) => _slots[key] = new Slot { Value = value, Changed = true };

    /// <summary>Removes a record, whether there is one or not.</summary>
    public void Remove(Hash32 key) => _slots[key] = new Slot { Value = null, Changed = true };

    /// <summary>The map with all changes.</summary>
    public StateMap Write() => start.Apply(Changes());

    private IEnumerable<StateChange> Changes()
    {
        foreach (var (key, slot) in _slots)
        {
            if (slot.Changed)
            {
                yield return slot.Value is { } record ? StateChange.Set(key, record.Encode()) : StateChange.Remove(key);
            }
        }
    }

    private struct Slot
    {
        public IStateRecord? Value;
        public bool Changed;
    }
}
