using Dems.Replication.Ports;
using Dems.Storage.Tests.Fixtures;

namespace Dems.Storage.Tests;

public sealed class DataFolderLockTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Acquire_HeldFolder_IsRefusedAndNamesTheHolder()
    {
        using var held = DataFolderLock.Acquire(_folder.Path);

        var error = Assert.Throws<StorageException>(() => DataFolderLock.Acquire(_folder.Path));

        Assert.Contains($"process {Environment.ProcessId}", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Acquire_ReleasedFolder_Succeeds()
    {
        DataFolderLock.Acquire(_folder.Path).Dispose();

        using var again = DataFolderLock.Acquire(_folder.Path);
        Assert.Equal(_folder.Path, again.Folder);
    }

    [Fact]
    public void Acquire_MissingFolder_CreatesIt()
    {
        using var held = DataFolderLock.Acquire(_folder.File("new"));

        Assert.True(Directory.Exists(_folder.File("new")));
    }
}
