namespace Dems.Replication.Shell;

/// <summary>How long a submission waits for its answer.</summary>
public enum WaitLevel
{
    /// <summary>Durable on this member's own disk only.</summary>
    Local,

    /// <summary>Durable at f + 1 members, one of whom is honest.</summary>
    Promise,
}
