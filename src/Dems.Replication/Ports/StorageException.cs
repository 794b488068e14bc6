namespace Dems.Replication.Ports;

/// <summary>The store could not do what it was asked: full disk, I/O error, lost connection. Nothing of the call has happened, or the store is poisoned and refuses every further call.</summary>
public class StorageException : Exception
{
    /// <summary>Says what failed.</summary>
    public StorageException(string message)
        : base(message)
    {
    }

    /// <summary>Says what failed and why.</summary>
    public StorageException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
