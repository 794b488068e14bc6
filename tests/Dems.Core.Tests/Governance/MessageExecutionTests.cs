using Dems.Core.Crypto;
using Dems.Core.Energy;
using Dems.Core.Ledger;
using Dems.Core.Ledger.Entries;
using Xunit;
using static Dems.Core.Ledger.Execution.EntryOutcome;

namespace Dems.Core.Tests.Governance;

public sealed class MessageExecutionTests
{
    private readonly BallotChain _pool = new();
    private readonly NodeAddress _a;
    private readonly NodeAddress _b;
    private readonly KeyedHashSigner _keyOfA = new("node A");

    public MessageExecutionTests()
    {
        (_a, _b) = (_pool.Node(0, "A").Address, _pool.Node(1, "B").Address);
        Assert.Equal([Applied, Applied, Applied], _pool.At(-10, _pool.NewNode(0, "A"), _pool.NewNode(1, "B"), _pool.NewNode(2, "C")));
    }

    private NodeAddress C => _pool.Node(2, "C").Address;

    [Fact]
    public void Offer_AcceptedBeforeItsTime_IsAgreed()
    {
        var offer = Offer(_keyOfA);
        Assert.Equal([Applied, Applied], _pool.At(0, offer, Answer(MessageType.Accept, offer)));
    }

    [Fact]
    public void Message_BySomeoneElsesKey_IsRefused()
    {
        Assert.Equal([Applied, RefusedNotAllowed, RefusedNotAllowed], _pool.At(0, Offer(_pool.Parties[0]), Offer(_pool.Parties[1]), Offer(_pool.Chain.Members[0])));
    }

    [Fact]
    public void Offer_AnsweredTwice_IsRefusedTheSecondTime()
    {
        var offer = Offer(_keyOfA);
        Assert.Equal([Applied, Applied, RefusedAnswered], _pool.At(0, offer, Answer(MessageType.Reject, offer), Answer(MessageType.Accept, offer)));
    }

    [Fact]
    public void Offer_AnsweredByAThirdNodeOrByItsSender_IsRefused()
    {
        var offer = Offer(_keyOfA);
        var third = Sign(new NodeMessage(MessageType.Accept, C, _a, offer.Content, Terms: null, Text: null), _pool.Parties[2]);
        var own = Sign(new NodeMessage(MessageType.Accept, _a, _b, offer.Content, Terms: null, Text: null), _keyOfA);
        Assert.Equal([Applied, RefusedNotAllowed, RefusedNotAllowed], _pool.At(0, offer, third, own));
    }

    [Fact]
    public void Offer_AcceptedWhenItsTimeHasBegun_IsRefused()
    {
        var offer = Offer(_keyOfA);
        _pool.At(0, offer);
        Assert.Equal([Applied, RefusedPeriod], _pool.At(3_599, Offer(_keyOfA, start: 9_000), Offer(_keyOfA, start: 3_599)));
        Assert.Equal([RefusedPeriod, Applied], _pool.At(3_600, Answer(MessageType.Accept, offer), Answer(MessageType.Reject, offer)));
    }

    [Fact]
    public void CounterOffer_AndText_ReferToWhatWasSaidBetweenTheTwo()
    {
        var offer = Offer(_keyOfA);
        var counter = Sign(new NodeMessage(MessageType.Request, _b, _a, offer.Content, Terms(3_600), "rather less"), _pool.Parties[1]);
        var text = Sign(new NodeMessage(MessageType.Text, _a, _b, counter.Content, Terms: null, "thinking"), _keyOfA);
        var accept = Sign(new NodeMessage(MessageType.Accept, _a, _b, counter.Content, Terms: null, Text: null), _keyOfA);
        var stranger = Sign(new NodeMessage(MessageType.Text, C, _a, counter.Content, Terms: null, "me too"), _pool.Parties[2]);
        var toText = Sign(new NodeMessage(MessageType.Accept, _b, _a, text.Content, Terms: null, Text: null), _pool.Parties[1]);
        Assert.Equal(
            [Applied, Applied, Applied, Applied, RefusedNotAllowed, RefusedNotAllowed], _pool.At(0, offer, counter, text, accept, stranger, toText));
    }

    [Fact]
    public void Message_ToOrAboutNothingKnown_IsRefused()
    {
        var unknownNode = new NodeMessage(MessageType.Text, _a, NodeAddress.Of(new KeyedHashSigner("nobody").PublicKey), InReplyTo: null, Terms: null, "hello");
        var unknownMessage = new NodeMessage(MessageType.Text, _a, _b, new ContentId(Samples.HashOf("nothing")), Terms: null, "hello");
        Assert.Equal([RefusedUnknownSubject, RefusedUnknownSubject], _pool.At(0, Sign(unknownNode, _keyOfA), Sign(unknownMessage, _keyOfA)));
    }

    [Fact]
    public void Message_OfANodeWhoseContractIsOver_IsRefused()
    {
        var retirement = Sign(new Retirement(RetirementSubject.Node, _a, default, _pool.Zero + 100), _pool.Parties[0]);
        Assert.Equal([Applied, Applied], _pool.At(0, retirement, Offer(_keyOfA)));
        Assert.Equal([RefusedRetired], _pool.At(100, Offer(_keyOfA)));
    }

    private OpenedEntry Offer(ISigner signer, long start = 3_600) => Sign(new NodeMessage(MessageType.Offer, _a, _b, InReplyTo: null, Terms(start), Text: null), signer);

    private OpenedEntry Answer(MessageType type, OpenedEntry offer) => Sign(new NodeMessage(type, _b, _a, offer.Content, Terms: null, Text: null), _pool.Parties[1]);

    private MessageTerms Terms(long start) => new(Carrier.Electricity, 1_000, 90_000, _pool.Zero + start, _pool.Zero + start + 3_600);

    private OpenedEntry Sign(EntryBody body, ISigner signer) => _pool.Chain.Sign(body, signer);
}
