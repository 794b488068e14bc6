using Dems.Storage.Safety;
using Dems.Storage.Tests.Fixtures;

namespace Dems.Storage.Tests.Safety;

public sealed class SlotFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Path => _folder.File("slots");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Read_MissingFile_IsNull()
    {
        Assert.Null(new SlotFile(Path).Read());
        Assert.False(new SlotFile(Path).HasDamage);
    }

    [Fact]
    public void Write_SeveralTimesAndReopened_ReadsTheNewest()
    {
        for (var i = 1; i <= 5; i++)
        {
            new SlotFile(Path).Write(i, 2 * i, 3 * i, durable: true);
            Assert.Equal((i, 2 * i, 3 * i), new SlotFile(Path).Read());
        }
    }

    [Fact]
    public void Read_NewestSlotTornAtAnyByte_GivesTheOneBefore()
    {
        var file = new SlotFile(Path);
        file.Write(1, 1, 1, durable: false);
        var before = File.ReadAllBytes(Path);
        file.Write(2, 2, 2, durable: false);
        var after = File.ReadAllBytes(Path);

        for (var torn = 0; torn < 48; torn++)
        {
            var bytes = after.ToArray();
            before.AsSpan(torn, 48 - torn).CopyTo(bytes.AsSpan(torn));
            File.WriteAllBytes(Path, bytes);
            Assert.Equal((1, 1, 1), new SlotFile(Path).Read());
        }
    }

    [Fact]
    public void Write_AfterADamagedSlot_ReplacesIt()
    {
        var file = new SlotFile(Path);
        file.Write(1, 0, 0, durable: true);
        file.Write(2, 0, 0, durable: true);
        var bytes = File.ReadAllBytes(Path);
        bytes[10] ^= 1;
        File.WriteAllBytes(Path, bytes);
        Assert.Equal("slot 0", Assert.Single(new SlotFile(Path).Scan("mark")).Place);

        new SlotFile(Path).Write(3, 0, 0, durable: true);

        Assert.Empty(new SlotFile(Path).Scan("mark"));
        Assert.Equal((3, 0, 0), new SlotFile(Path).Read());
    }
}
