namespace Dems.Contracts.Submission;

/// <summary>What a submitter waits for.</summary>
public enum SubmitWait
{
    /// <summary>This member's own disk.</summary>
    Local = 0,

    /// <summary>The disks of f + 1 members, whose signatures make the promise.</summary>
    Promise = 1,
}
