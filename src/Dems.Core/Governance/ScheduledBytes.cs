namespace Dems.Core.Governance;

/// <summary>Something that a ballot put in force.</summary>
/// <param name="From">First second from which it holds, since 1970-01-01T00:00:00Z.</param>
/// <param name="Bytes">Its canonical bytes.</param>
public readonly record struct ScheduledBytes(long From, ReadOnlyMemory<byte> Bytes);
