using Dems.Cli.Chaos;
using Dems.Cli.Tests.Fixtures;
using Dems.Core;
using Dems.Core.Consensus;
using Dems.Core.Ledger;
using Dems.Grains.Peers;
using Xunit;

namespace Dems.Cli.Tests.Chaos;

public sealed class SignatureTailTests
{
    private static readonly ChainId Chain = new(Hash32.Of([1]));

    [Fact]
    public void Read_GrowingLog_GivesEachMessageOnce()
    {
        using var folder = new TemporaryFolder();
        var tail = new SignatureTail(folder.File("signed"));
        Assert.Empty(tail.Read());

        using var log = new SignatureLog(folder.File("signed"));
        log.Append(VoteAt(1));
        Assert.Equal([SignedMessage.Of(VoteAt(1))], tail.Read());
        log.Append(VoteAt(2));
        log.Append(VoteAt(3));
        Assert.Equal([SignedMessage.Of(VoteAt(2)), SignedMessage.Of(VoteAt(3))], tail.Read());
        Assert.Empty(tail.Read());
    }

    [Fact]
    public void Read_TornLastLine_WaitsForItsEnd()
    {
        using var folder = new TemporaryFolder();
        using (var log = new SignatureLog(folder.File("whole")))
        {
            log.Append(VoteAt(1));
            log.Append(VoteAt(2));
        }

        var bytes = File.ReadAllBytes(folder.File("whole"));
        var tail = new SignatureTail(folder.File("torn"));
        File.WriteAllBytes(folder.File("torn"), bytes[..^5]);
        Assert.Equal([SignedMessage.Of(VoteAt(1))], tail.Read());
        File.WriteAllBytes(folder.File("torn"), bytes);
        Assert.Equal([SignedMessage.Of(VoteAt(2))], tail.Read());
    }

    [Fact]
    public void Read_AnythingElse_IsRefused()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("signed"), "vote bm90IGEgdm90ZQ==\n");
        Assert.Throws<InvalidDataException>(() => new SignatureTail(folder.File("signed")).Read());
    }

    private static Vote VoteAt(long height) =>
        new(Chain, new Height(height), 0, VoteType.Precommit, new BlockHash(Hash32.Of([2])), 1, new byte[64]);
}
