namespace Dems.Storage.Tests.Fixtures;

/// <summary>Opens a store as a member does that runs nothing on it: the tail first, then all of it, then a new file if the old one's structure is damaged.</summary>
internal static class WholeStore
{
    public static async Task<CheckedReplica> OpenAsync(ReplicaFiles files)
    {
        var opened = await ReplicaDatabase.OpenCheckedAsync(files, TestChain.Id, default);
        if (opened.IsWhole)
        {
            return opened;
        }

        Assert.Empty(opened.Found);
        var findings = await opened.Database.CheckAsync(inBackground: false, default);
        var found = findings.Found;
        if (findings.NeedsRebuild)
        {
            findings = await opened.Database.ReplaceFileAsync(default);
        }

        return opened with { Found = [.. found, .. findings.Found], Rebuilt = findings.Rebuilt, ToRepair = findings.ToRepair, IsWhole = true };
    }
}
