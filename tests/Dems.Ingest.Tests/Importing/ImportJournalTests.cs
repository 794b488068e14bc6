using Dems.Core;
using Dems.Grains.Crypto;
using Dems.Ingest.Importing;
using Xunit;

namespace Dems.Ingest.Tests.Importing;

public sealed class ImportJournalTests : IDisposable
{
    private readonly string _path = Path.Combine(Directory.CreateTempSubdirectory("dems-journal-").FullName, "journal");
    private readonly Es256Signer _gateway = Es256Signer.Create();

    [Fact]
    public void Journal_Reopened_RemembersSequencesSaltsMovesAndDeliveries()
    {
        long[] sequences;
        byte[] salt;
        using (var journal = Open())
        {
            sequences = journal.SequencesOf([Key(1), Key(2), Key(3)]);
            journal.Move(Key(2));
            journal.Deliver(Key(3));
            salt = journal.SaltOf(Key(1), sequences[0]);
        }

        using var again = Open();
        Assert.Equal([0, 3, 2], again.SequencesOf([Key(1), Key(2), Key(3)]));
        Assert.Equal([4], again.SequencesOf([Key(4)]));
        Assert.Equal(salt, again.SaltOf(Key(1), sequences[0]));
        Assert.Equal([false, false, true, false], new[] { 1, 2, 3, 9 }.Select(n => again.IsDelivered(Key(n))));
    }

    [Fact]
    public void Journal_TornLastLine_ForgetsOnlyThatLine()
    {
        using (var journal = Open())
        {
            journal.SequencesOf([Key(1), Key(2)]);
        }

        var whole = File.ReadAllBytes(_path);
        var lastLine = whole.Length - Array.LastIndexOf(whole, (byte)'\n', whole.Length - 2) - 1;
        for (var cut = 1; cut <= lastLine; cut++)
        {
            File.WriteAllBytes(_path, whole[..^cut]);
            using var journal = Open();
            Assert.Equal([0, 1], journal.SequencesOf([Key(1), Key(2)]));
        }
    }

    [Fact]
    public void Journal_DamagedLine_IsNamed()
    {
        using (var journal = Open())
        {
            journal.SequencesOf([Key(1), Key(2)]);
        }

        var lines = File.ReadAllLines(_path);
        lines[1] = "batch nonsense 0 0";
        File.WriteAllLines(_path, lines);
        Assert.Contains("line 2", Assert.Throws<InvalidDataException>(Open).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Journal_OfAnotherKey_IsRefused()
    {
        Open().Dispose();
        using var other = Es256Signer.Create();
        Assert.Throws<InvalidDataException>(() => ImportJournal.Open(_path, other.PublicKey));
    }

    [Fact]
    public void Journal_Lost_StartsWhereTheChainKnowsNothing()
    {
        using var journal = ImportJournal.Open(_path, _gateway.PublicKey, firstUnused: 5_000);
        Assert.Equal([5_000, 5_001], journal.SequencesOf([Key(1), Key(2)]));
    }

    [Fact]
    public void Journal_SaltsOfTwoJournals_Differ()
    {
        using var journal = Open();
        using var other = ImportJournal.Open(_path + "2", _gateway.PublicKey);
        Assert.NotEqual(journal.SaltOf(Key(1), 0), other.SaltOf(Key(1), 0));
        Assert.NotEqual(journal.SaltOf(Key(1), 0), journal.SaltOf(Key(1), 1));
    }

    public void Dispose() => _gateway.Dispose();

    private static BatchKey Key(int number) => new(Hash32.Of("series"u8), number);

    private ImportJournal Open() => ImportJournal.Open(_path, _gateway.PublicKey);
}
