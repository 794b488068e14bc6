using Dems.Core.Governance;
using Dems.Core.Ledger;
using Xunit;

namespace Dems.Replication.Tests.Machine;

public sealed class ProtocolStopTests
{
    private static readonly BlockTime Start = new(1_000_000);

    /// <summary>The block that activates a version is made by the old one; nothing after it is voted for by software that does not know the new one.</summary>
    [Fact]
    public void Version_ThatIsNotKnown_StopsTheMemberWhichSaysSo()
    {
        var member = new LoneMember(Start, Start, (roots, block) => roots with { Height = block.Height, Changed = true, ProtocolVersion = ProtocolRecord.NewestKnown + 1 });
        member.Tick(Start.Plus(1_000));
        member.Tick(Start.Plus(2_000));
        Assert.Single(member.Blocks);
        Assert.Contains($"Protocol version {ProtocolRecord.NewestKnown + 1} is in force from block 2 on", member.StopReason, StringComparison.Ordinal);
    }

    [Fact]
    public void Version_InForceAtTheStart_StopsTheMemberToo()
    {
        var member = new LoneMember(Start, Start, (roots, _) => roots, protocolVersion: ProtocolRecord.NewestKnown + 1);
        member.Tick(Start.Plus(1_000));
        Assert.Empty(member.Blocks);
        Assert.NotNull(member.StopReason);
    }
}
