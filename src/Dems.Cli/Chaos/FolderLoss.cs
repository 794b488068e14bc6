namespace Dems.Cli.Chaos;

/// <summary>What may happen to a member's folder. In each case the validator key survives, and with it the power to sign twice.</summary>
internal enum FolderLoss
{
    /// <summary>The folder is deleted under the running member; key, genesis and configuration are put back.</summary>
    Deleted,

    /// <summary>The member is started in an empty folder with nothing but its key and genesis.</summary>
    Emptied,

    /// <summary>The folder is replaced by a copy that was taken earlier in the run.</summary>
    RolledBack,

    /// <summary>The stores are created again as if the network were new: there is a safety row, and it says that nothing was ever signed.</summary>
    FoundedAgain,
}
