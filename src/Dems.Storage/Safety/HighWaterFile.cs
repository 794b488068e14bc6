using Dems.Core.Ledger;
using Dems.Replication.Ports;

namespace Dems.Storage.Safety;

/// <summary>
/// The highest position ever signed, outside the database: a database restored from a copy lies below it. Written and synced after the row is durable and
/// before the signed bytes leave; never lowered.
/// </summary>
internal sealed class HighWaterFile(string path)
{
    private readonly SlotFile _slots = new(path);
    private readonly Lock _gate = new();
    private SafetyPosition? _written;

    /// <summary>The mark; null if the file is missing or both slots are damaged.</summary>
    /// <exception cref="StorageException">The file cannot be read.</exception>
    public SafetyPosition? Read()
    {
        try
        {
            return _slots.Read() is { } slot ? new SafetyPosition(new Height(slot.First), (int)slot.Second, (int)slot.Third) : null;
        }
        catch (IOException e)
        {
            throw new StorageException($"{path}: {e.Message}", e);
        }
    }

    /// <summary>Writes a position unless a higher one stands there.</summary>
    /// <exception cref="StorageException">The file cannot be written; the signed bytes must not leave.</exception>
    public void Raise(SafetyPosition position)
    {
        lock (_gate)
        {
            _written ??= Read();
            if (_written is { } mark && mark.CompareTo(position) >= 0)
            {
                return;
            }

            try
            {
                _slots.Write(position.Height.Value, position.Round, position.Step, durable: true);
            }
            catch (IOException e)
            {
                throw new StorageException($"{path}: {e.Message}", e);
            }

            _written = position;
        }
    }

    /// <summary>Overwrites a damaged slot beside a sound one.</summary>
    public void Mend()
    {
        lock (_gate)
        {
            if (_slots.HasDamage && Read() is { } mark)
            {
                _slots.Write(mark.Height.Value, mark.Round, mark.Step, durable: true);
            }
        }
    }

    /// <summary>Reports damaged slots.</summary>
    public IEnumerable<Damage> Scan() => _slots.Scan("high-water mark");
}
