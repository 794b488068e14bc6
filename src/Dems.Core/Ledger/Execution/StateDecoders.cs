using Dems.Core.Governance;
using Dems.Core.Governance.Execution;
using Dems.Core.Ledger.Encoding;
using Dems.Core.Ledger.Execution.Intervals;

namespace Dems.Core.Ledger.Execution;

/// <summary>From the bytes of the state map to records. State is written by execution only: bytes that do not decode are a broken invariant and throw.</summary>
internal static class StateDecoders
{
    public static readonly Func<ReadOnlyMemory<byte>, HashRecord> Hash = Cbor(HashRecord.Read);
    public static readonly Func<ReadOnlyMemory<byte>, ValidatorSchedule> Validators = Cbor(ValidatorSchedule.Read);
    public static readonly Func<ReadOnlyMemory<byte>, FrontierRecord> Frontier = FrontierRecord.Decode;
    public static readonly Func<ReadOnlyMemory<byte>, MemberRecord> Member = Cbor(MemberRecord.Read);
    public static readonly Func<ReadOnlyMemory<byte>, KeyRecord> Key = Cbor(KeyRecord.Read);
    public static readonly Func<ReadOnlyMemory<byte>, PartyRecord> Party = Cbor(PartyRecord.Read);
    public static readonly Func<ReadOnlyMemory<byte>, NodeRecord> Node = Cbor(NodeRecord.Read);
    public static readonly Func<ReadOnlyMemory<byte>, AddressRecord> MeteringPoint = Cbor(AddressRecord.Read);
    public static readonly Func<ReadOnlyMemory<byte>, DelegationRecord> Delegation = Cbor(DelegationRecord.Read);
    public static readonly Func<ReadOnlyMemory<byte>, SequenceHead> SequenceHead = Cbor(Execution.SequenceHead.Read);
    public static readonly Func<ReadOnlyMemory<byte>, SequenceChunk> SequenceChunk = bytes => Execution.SequenceChunk.Decode(bytes.Span);
    public static readonly Func<ReadOnlyMemory<byte>, RegisterIndex> RegisterIndex = bytes => Execution.RegisterIndex.Decode(bytes.Span);
    public static readonly Func<ReadOnlyMemory<byte>, DayBucket> DayBucket = bytes => Execution.DayBucket.Decode(bytes.Span);

    public static readonly Func<ReadOnlyMemory<byte>, HashListRecord> Hashes = Cbor(HashListRecord.Read);
    public static readonly Func<ReadOnlyMemory<byte>, GovernanceRecord> Governance = Cbor(GovernanceRecord.Read);
    public static readonly Func<ReadOnlyMemory<byte>, PartyPage> PartyPage = bytes => Core.Governance.Execution.PartyPage.Decode(bytes.Span);
    public static readonly Func<ReadOnlyMemory<byte>, BallotTerms> BallotTerms = Cbor(Core.Governance.BallotTerms.Read);
    public static readonly Func<ReadOnlyMemory<byte>, BallotStanding> BallotStanding = Cbor(Core.Governance.BallotStanding.Read);
    public static readonly Func<ReadOnlyMemory<byte>, BallotAgenda> BallotAgenda = Cbor(Core.Governance.Execution.BallotAgenda.Read);
    public static readonly Func<ReadOnlyMemory<byte>, ElectoratePage> Electorate = bytes => ElectoratePage.Decode(bytes.Span);
    public static readonly Func<ReadOnlyMemory<byte>, ProtocolRecord> Protocol = Cbor(ProtocolRecord.Read);
    public static readonly Func<ReadOnlyMemory<byte>, ApprovedSettlement> ApprovedSettlement = Cbor(Core.Governance.ApprovedSettlement.Read);
    public static readonly Func<ReadOnlyMemory<byte>, SettlementBookRecord> SettlementBook = Cbor(SettlementBookRecord.Read);
    public static readonly Func<ReadOnlyMemory<byte>, MessageRecord> Message = Cbor(MessageRecord.Read);
    public static readonly Func<ReadOnlyMemory<byte>, ScheduleRecord> Schedule = Cbor(ScheduleRecord.Read);
    public static readonly Func<ReadOnlyMemory<byte>, PoolTermsRecord> PoolTerms = Cbor(PoolTermsRecord.Read);
    public static readonly Func<ReadOnlyMemory<byte>, PolicySchedule> Policies = Cbor(PolicySchedule.Read);
    public static readonly Func<ReadOnlyMemory<byte>, CountRecord> Count = Cbor(CountRecord.Read);
    public static readonly Func<ReadOnlyMemory<byte>, NodeIndexPage> NodeIndexPage = bytes => Intervals.NodeIndexPage.Decode(bytes.Span);
    public static readonly Func<ReadOnlyMemory<byte>, RequirementSteps> Requirements = bytes => RequirementSteps.Decode(bytes.Span);
    public static readonly Func<ReadOnlyMemory<byte>, IntervalAgenda> IntervalAgenda = bytes => Intervals.IntervalAgenda.Decode(bytes.Span);
    public static readonly Func<ReadOnlyMemory<byte>, IntervalDay> IntervalDay = bytes => Intervals.IntervalDay.Decode(bytes.Span);
    public static readonly Func<ReadOnlyMemory<byte>, IntervalRecord> IntervalRecord = bytes => Intervals.IntervalRecord.Decode(bytes.Span);
    public static readonly Func<ReadOnlyMemory<byte>, ProposerTimes> Proposers = Cbor(ProposerTimes.Read);

    private static Func<ReadOnlyMemory<byte>, T> Cbor<T>(Canonical.Decoder<T> read) => bytes =>
        Canonical.TryDecode(bytes, int.MaxValue, typeof(T).Name, read, out var record, out var error)
            ? record
            : throw new InvalidOperationException($"The state is damaged: {error}.");
}
