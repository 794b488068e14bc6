using Dems.Core.Energy;
using Dems.Core.Ledger.Encoding;
using Dems.Core.Ledger.Entries;
using Dems.Core.Ledger.Execution;
using Xunit;
using static Dems.Core.Ledger.Execution.EntryOutcome;

namespace Dems.Core.Tests.Ledger.Execution;

public sealed class RegistrationExecutionTests
{
    private const long T = Samples.Midnight;

    [Fact]
    public void Party_RegisteredByMember_IsKnown()
    {
        var chain = new TestChain();
        Assert.Equal([Applied, Duplicate], chain.Execute(chain.RegisterParty(), chain.RegisterParty()));
        Assert.Equal(new PartyRecord("Party", 0, Retired: false, Place: 0), chain.State.FindParty(chain.PartyAddress));
    }

    [Fact]
    public void Party_RegisteredByAnyoneElse_IsRefused()
    {
        var chain = TestChain.WithNode();
        var other = EntryBuilder.PartyRegistration(chain.Chain, new KeyedHashSigner("other"), "Other");
        Assert.Equal([RefusedNotAllowed], chain.Execute(chain.Sign(other, chain.Party)));
    }

    [Fact]
    public void Party_UnderAnotherName_IsRefusedAsTaken()
    {
        var chain = TestChain.WithNode();
        var renamed = EntryBuilder.PartyRegistration(chain.Chain, chain.Party, "Other");
        Assert.Equal([RefusedTaken], chain.Execute(chain.Sign(renamed, chain.Members[1])));
    }

    [Fact]
    public void Node_Registered_IsFoundByAddressAndMeteringPoint()
    {
        var chain = TestChain.WithNode();
        Assert.Equal(chain.PartyAddress, chain.State.FindNode(chain.Node)?.Party);
        Assert.Equal(TestChain.Sources, chain.State.FindNode(chain.Node)?.Sources);
        Assert.Equal(chain.Node, chain.State.FindMeteringPoint("AT001"));
        Assert.Equal(1, chain.State.FindParty(chain.PartyAddress)?.OpenNodes);
        Assert.Equal([Duplicate], chain.Execute(chain.RegisterNode()));
    }

    [Fact]
    public void Node_ForAStrangersParty_IsRefused()
    {
        var chain = TestChain.WithNode();
        var (thief, node) = (new KeyedHashSigner("thief"), new KeyedHashSigner("node 2"));
        chain.Execute(chain.Sign(EntryBuilder.PartyRegistration(chain.Chain, thief, "Thief"), chain.Members[0]));
        var forged = EntryBuilder.NodeRegistration(chain.Chain, node, "AT002", chain.PartyAddress, TestChain.Sources, T);
        Assert.Equal([RefusedNotAllowed], chain.Execute(chain.Sign(forged, thief)));
        Assert.Equal([RefusedNotAllowed], chain.Execute(chain.Sign(Delegation(chain, thief), thief)));
    }

    [Fact]
    public void MeteringPoint_PassesOnOnlyAfterTheContractEnded()
    {
        var chain = TestChain.WithNode();
        var next = new KeyedHashSigner("node 2");
        NodeRegistration Next(long from) => EntryBuilder.NodeRegistration(chain.Chain, next, "AT001", chain.PartyAddress, TestChain.Sources, from);
        Assert.Equal([RefusedTaken], chain.Execute(chain.Sign(Next(T), chain.Party)));
        Assert.Equal([Applied], chain.Execute(chain.Sign(new Retirement(RetirementSubject.Node, chain.Node, default, T), chain.Party)));
        Assert.Equal([RefusedTaken, Applied], chain.Execute(chain.Sign(Next(T - 1), chain.Party), chain.Sign(Next(T), chain.Party)));
        Assert.Equal(NodeAddress.Of(next.PublicKey), chain.State.FindMeteringPoint("AT001"));
    }

    [Fact]
    public void Node_Retired_TakesReadingsOfItsTimeOnly()
    {
        var chain = TestChain.WithNode();
        var retirement = new Retirement(RetirementSubject.Node, chain.Node, default, T);
        Assert.Equal([Applied, Duplicate], chain.Execute(chain.Sign(retirement, chain.Party), chain.Sign(retirement, chain.Members[2])));
        Assert.Equal([Applied, RefusedPeriod], chain.Execute(chain.Import(chain.NodeKey, T - 900, 0, 1), chain.Import(chain.NodeKey, T, 0, 1)));
        Assert.Equal([RefusedRetired], chain.Execute(chain.Sign(retirement with { Effective = T + 1 }, chain.Party)));
    }

    [Fact]
    public void Delegation_Retired_TakesNothingAnyMoreUntilRenewed()
    {
        var chain = TestChain.WithNode();
        var retirement = new Retirement(RetirementSubject.Delegation, chain.Node, chain.Gateway.PublicKey.Fingerprint, 0);
        Assert.Equal([RefusedNotAllowed, Applied], chain.Execute(chain.Sign(retirement, chain.Gateway), chain.Sign(retirement, chain.Party)));
        Assert.Equal([RefusedRetired], chain.Execute(chain.Import(chain.Gateway, T - 900, 0, 1)));
        Assert.Equal([Applied, Applied], chain.Execute(chain.Delegate(), chain.Import(chain.Gateway, T - 900, 0, 1)));
    }

    [Fact]
    public void Party_WithOpenNodes_CannotBeRetired()
    {
        var chain = TestChain.WithNode();
        var retirement = new Retirement(RetirementSubject.Party, chain.PartyAddress, default, 0);
        Assert.Equal([RefusedNotAllowed], chain.Execute(chain.Sign(retirement, chain.Members[0])));
        chain.Execute(chain.Sign(new Retirement(RetirementSubject.Node, chain.Node, default, T), chain.Party));
        Assert.Equal([Applied, RefusedRetired], chain.Execute(chain.Sign(retirement, chain.Members[0]), chain.Delegate()));
    }

    [Fact]
    public void Key_Rotated_HandsOverDelegationsAndIsRefused()
    {
        var chain = TestChain.WithNode();
        var next = new KeyedHashSigner("gateway 2");
        var rotation = EntryBuilder.KeyRotation(chain.Chain, next, chain.Gateway.PublicKey);
        Assert.Equal(
            [Applied, Applied, RefusedRetired],
            chain.Execute(chain.Sign(rotation, chain.Gateway), chain.Import(next, T, 0, 1), chain.Import(chain.Gateway, T + 900, 0, 1)));
        Assert.Equal(chain.Gateway.PublicKey.Fingerprint, chain.State.FindKey(next.PublicKey.Fingerprint)?.Identity);
    }

    [Fact]
    public void PartyKey_Rotated_KeepsTheAddress()
    {
        var chain = TestChain.WithNode();
        var next = new KeyedHashSigner("party 2");
        chain.Execute(chain.Sign(EntryBuilder.KeyRotation(chain.Chain, next, chain.Party.PublicKey), chain.Party));
        Assert.Equal([Applied, RefusedRetired], chain.Execute(chain.Sign(Delegation(chain, new KeyedHashSigner("x")), next), chain.Delegate()));
    }

    [Fact]
    public void Key_KnownAlready_TakesOverNothing()
    {
        var chain = TestChain.WithNode();
        var rotation = EntryBuilder.KeyRotation(chain.Chain, chain.Party, chain.Gateway.PublicKey);
        Assert.Equal([RefusedTaken], chain.Execute(chain.Sign(rotation, chain.Gateway)));
    }

    [Fact]
    public void MemberKey_Rotated_IsRefused()
    {
        var chain = new TestChain();
        var rotation = EntryBuilder.KeyRotation(chain.Chain, new KeyedHashSigner("x"), chain.Members[0].PublicKey);
        Assert.Equal([RefusedNotAllowed], chain.Execute(chain.Sign(rotation, chain.Members[0])));
    }

    [Fact]
    public void Evidence_AgainstTheValidatorOfItsHeight_IsRecordedOnce()
    {
        var chain = TestChain.WithNode();
        var report = Samples.EvidenceOf(chain.Members[3], 3, chain.Chain);
        Assert.Equal(
            [Applied, Duplicate, RefusedNotAllowed, RefusedUnknownSubject],
            chain.Execute(
                chain.Sign(report, chain.Members[0]),
                chain.Sign(report, chain.Members[1]),
                chain.Sign(report, chain.Party),
                chain.Sign(Samples.EvidenceOf(chain.Members[2], 3, chain.Chain), chain.Members[0])));
    }

    private static Delegation Delegation(TestChain chain, KeyedHashSigner delegated) =>
        new(delegated.PublicKey, DelegationRole.Device, chain.Node, [Register.Import], T, 0);
}
