namespace Dems.Storage.Sqlite;

/// <summary>One caller's change inside a group commit.</summary>
internal abstract class WriteOperation
{
    /// <summary>Makes the change; what it throws undoes this operation only.</summary>
    public abstract void Execute(SqliteFile connection);

    /// <summary>The change is durable.</summary>
    public abstract void Complete();

    /// <summary>The change has not happened.</summary>
    public abstract void Fail(Exception reason);
}

