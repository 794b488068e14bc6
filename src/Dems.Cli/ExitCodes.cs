namespace Dems.Cli;

/// <summary>What a command's exit says to scripts; documented in docs/operations.md.</summary>
internal static class ExitCodes
{
    /// <summary>Done.</summary>
    public const int Success = 0;

    /// <summary>The command ran and the answer is bad: damage found, heads differ, a violation.</summary>
    public const int Failed = 1;

    /// <summary>Wrong arguments, missing or unreadable files.</summary>
    public const int Usage = 2;

    /// <summary>A member did not answer, or not in time. Trying again may help.</summary>
    public const int Unavailable = 3;

    /// <summary>Everything good was taken, and some rows were refused; the report names them.</summary>
    public const int SomeRejected = 4;
}
