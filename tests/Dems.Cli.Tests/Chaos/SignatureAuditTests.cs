using Dems.Cli.Chaos;
using Dems.Core;
using Dems.Core.Ledger;
using Xunit;

namespace Dems.Cli.Tests.Chaos;

public sealed class SignatureAuditTests
{
    private static readonly ChainId Chain = new(Hash32.Of([1]));

    [Fact]
    public void Message_SaidAgain_IsNoDoubleSignature()
    {
        var audit = new SignatureAudit();
        audit.Add([Prevote("a"), Prevote("a")]);
        Assert.Empty(audit.Doubles);
        Assert.Equal(1, audit.Count);
    }

    [Theory]
    [InlineData("a", "b")]
    [InlineData("a", "nil")]
    [InlineData("nil", "a")]
    public void Message_OtherThanTheOneAtItsPlace_IsADoubleSignature(string first, string second)
    {
        var audit = new SignatureAudit();
        audit.Add([Prevote(first)]);
        audit.Add([Prevote(second)]);
        Assert.Contains("validator 2", Assert.Single(audit.Doubles), StringComparison.Ordinal);
    }

    [Fact]
    public void Messages_AtOtherPlaces_DoNotMeet()
    {
        var audit = new SignatureAudit();
        var (one, other) = (Prevote("a"), Prevote("b"));
        audit.Add([one, other with { Height = 8 }, other with { Round = 1 }, other with { Kind = 3 }, other with { Validator = 3 }, other with { Chain = new ChainId(Hash32.Of([2])) }]);
        Assert.Empty(audit.Doubles);
        Assert.Equal(6, audit.Count);
    }

    [Fact]
    public void HighestOf_OrdersByHeightThenRoundThenKind()
    {
        var audit = new SignatureAudit();
        var one = Prevote("a");
        Assert.True(one.Place.CompareTo(audit.HighestOf(2)) > 0);
        audit.Add([one with { Round = 9 }, one with { Height = 8 }, one with { Height = 8, Kind = 1 }]);
        Assert.Equal((8, 0, 2), audit.HighestOf(2));
        Assert.Equal(default, audit.HighestOf(1));
    }

    [Fact]
    public void Has_KnowsWhatWasSaid_NotOnlyWhere()
    {
        var audit = new SignatureAudit();
        audit.Add([Prevote("a")]);
        Assert.True(audit.Has(Prevote("a")));
        Assert.False(audit.Has(Prevote("b")));
    }

    private static SignedMessage Prevote(string said) => new(2, Chain, 7, 0, 2, said);
}
