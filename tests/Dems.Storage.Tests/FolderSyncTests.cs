namespace Dems.Storage.Tests;

public sealed class FolderSyncTests
{
    [Fact]
    public void Flush_FolderThatIsNotThere_IsAFaultWithItsPath()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows needs no such call.");
        }

        var missing = Path.Combine(Path.GetTempPath(), $"dems-missing-{Guid.NewGuid():N}");
        var fault = Assert.Throws<IOException>(() => FolderSync.Flush(missing));
        Assert.StartsWith($"{missing}: ", fault.Message, StringComparison.Ordinal);

        // What holds the file is synced, not the file.
        FolderSync.FlushParent(missing);
    }
}
