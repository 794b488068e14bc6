using Dems.Core.Ledger.Encoding;

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

    private static Func<ReadOnlyMemory<byte>, T> Cbor<T>(Canonical.Decoder<T> read) => bytes =>
        Canonical.TryDecode(bytes, int.MaxValue, typeof(T).Name, read, out var record, out var error)
            ? record
            : throw new InvalidOperationException($"The state is damaged: {error}.");
}
