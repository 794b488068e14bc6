using System.Globalization;
using Dems.Replication.Ports;

namespace Dems.Storage.Snapshots;

/// <summary>Offer and chunks as files in a folder of their own. Not synced: what a crash spoils does not match its hash and is fetched again.</summary>
internal sealed class SnapshotParts(string folder) : ISnapshotParts
{
    private string OfferPath => Path.Combine(folder, "offer");

    /// <inheritdoc/>
    public ReadOnlyMemory<byte>? ReadOffer() => Read(OfferPath);

    /// <inheritdoc/>
    public ReadOnlyMemory<byte>? ReadChunk(int index) => Read(PathOf(index));

    /// <inheritdoc/>
    public void Begin(ReadOnlyMemory<byte> offer)
    {
        Clear();
        Guard(() =>
        {
            Directory.CreateDirectory(folder);
            File.WriteAllBytes(OfferPath, offer.Span);
        });
    }

    /// <inheritdoc/>
    public void KeepChunk(int index, ReadOnlyMemory<byte> bytes) => Guard(() => File.WriteAllBytes(PathOf(index), bytes.Span));

    /// <inheritdoc/>
    public void Clear() => Guard(() =>
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    });

    private string PathOf(int index) => Path.Combine(folder, $"chunk-{index.ToString("D4", CultureInfo.InvariantCulture)}");

    private static ReadOnlyMemory<byte>? Read(string path)
    {
        try
        {
            return File.Exists(path) ? File.ReadAllBytes(path) : null;
        }
        catch (IOException)
        {
            // Fetched again.
            return null;
        }
    }

    private void Guard(Action change)
    {
        try
        {
            change();
        }
        catch (IOException e)
        {
            throw new StorageException($"{folder}: {e.Message}", e);
        }
    }
}
