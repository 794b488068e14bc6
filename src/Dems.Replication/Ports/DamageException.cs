namespace Dems.Replication.Ports;

/// <summary>Stored bytes do not match what they must hash to. They are never served.</summary>
public sealed class DamageException(Damage damage) : StorageException(damage.ToString())
{
    /// <summary>The place.</summary>
    public Damage Damage { get; } = damage;
}
