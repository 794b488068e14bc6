namespace Dems.Replication.Ports;

/// <summary>Where a snapshot that is being fetched from peers is kept, so that an interrupted fetch goes on. Nothing in it is trusted when it is read again.</summary>
public interface ISnapshotParts
{
    /// <summary>The bytes of the offer that is being followed; null if there is none.</summary>
    ReadOnlyMemory<byte>? ReadOffer();

    /// <summary>A chunk; null if it is not here.</summary>
    ReadOnlyMemory<byte>? ReadChunk(int index);

    /// <summary>Forgets everything and follows another offer.</summary>
    void Begin(ReadOnlyMemory<byte> offer);

    /// <summary>Keeps a chunk.</summary>
    void KeepChunk(int index, ReadOnlyMemory<byte> bytes);

    /// <summary>Forgets everything.</summary>
    void Clear();
}
