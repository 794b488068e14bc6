using System.Buffers.Binary;
using System.Globalization;
using Dems.Core;
using Dems.Core.Ledger;
using Dems.Replication.Ports;

namespace Dems.Storage.Snapshots;

/// <summary>
/// State snapshots as files named by height: [magic, height, SHA-256 of the state, state]. Written under another name, synced, then renamed, so that
/// a file under its own name is whole.
/// </summary>
internal sealed class SnapshotFiles(string folder) : ISnapshotStore
{
    /// <summary>Snapshots that are kept: the newest may turn out to be damaged.</summary>
    public const int Kept = 2;

    private const long Magic = 0x4445_4D53_534E_4150;
    private const int HeaderBytes = 2 * sizeof(long) + Hash32.Size;
    private const string Extension = ".snapshot";

    private readonly Lock _writing = new();

    /// <inheritdoc/>
    public async Task<(Height Height, ReadOnlyMemory<byte> State)?> ReadLatestAsync(Height atMost, CancellationToken cancellationToken)
    {
        foreach (var height in List().Where(height => height <= atMost))
        {
            if (TryOpen(await ReadFileAsync(height, cancellationToken), height, out var state))
            {
                return (height, state);
            }
        }

        return null;
    }

    /// <inheritdoc/>
    public Task SaveAsync(Height height, ReadOnlyMemory<byte> state, CancellationToken cancellationToken) =>
        Task.Run(() => Save(height, state.Span), cancellationToken);

    /// <summary>Height of the newest snapshot below a height, by its name; genesis if there is none.</summary>
    public Height NewestBelow(Height height) => List().Find(candidate => candidate < height);

    /// <summary>Reports snapshots that do not match their hash.</summary>
    public IReadOnlyList<Damage> Scan()
    {
        lock (_writing)
        {
            return [.. FindDamaged().Select(height => new Damage(Path.GetFileName(PathOf(height)), "snapshot", null, $"height {height}", "does not match its hash"))];
        }
    }

    /// <summary>Deletes snapshots that do not match their hash: states can be computed again.</summary>
    public void DeleteDamaged()
    {
        lock (_writing)
        {
            foreach (var height in FindDamaged())
            {
                File.Delete(PathOf(height));
            }
        }
    }

    private void Save(Height height, ReadOnlySpan<byte> state)
    {
        Span<byte> header = stackalloc byte[HeaderBytes];
        WriteHeader(header, height, state);
        lock (_writing)
        {
            try
            {
                Directory.CreateDirectory(folder);
                var path = PathOf(height);
                using (var handle = File.OpenHandle($"{path}.new", FileMode.Create, FileAccess.Write))
                {
                    RandomAccess.Write(handle, header, 0);
                    RandomAccess.Write(handle, state, HeaderBytes);
                    RandomAccess.FlushToDisk(handle);
                }

                File.Move($"{path}.new", path, overwrite: true);

                // The name must be durable before the snapshots that it replaces go.
                FolderSync.Flush(folder);
                foreach (var old in List().Skip(Kept))
                {
                    File.Delete(PathOf(old));
                }
            }
            catch (IOException e)
            {
                throw new StorageException($"{folder}: {e.Message}", e);
            }
        }
    }

    private List<Height> FindDamaged() => List().FindAll(height => !TryOpen(File.ReadAllBytes(PathOf(height)), height, out _));

    // Newest first.
    private List<Height> List()
    {
        if (!Directory.Exists(folder))
        {
            return [];
        }

        return
        [
            .. from path in Directory.EnumerateFiles(folder, $"*{Extension}")
               let name = Path.GetFileNameWithoutExtension(path)
               where long.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out _)
               let height = new Height(long.Parse(name, CultureInfo.InvariantCulture))
               orderby height descending
               select height,
        ];
    }

    private async Task<byte[]> ReadFileAsync(Height height, CancellationToken cancellationToken)
    {
        try
        {
            return await File.ReadAllBytesAsync(PathOf(height), cancellationToken);
        }
        catch (FileNotFoundException)
        {
            // Deleted by a save since it was listed.
            return [];
        }
        catch (IOException e)
        {
            throw new StorageException($"{PathOf(height)}: {e.Message}", e);
        }
    }

    private string PathOf(Height height) => Path.Combine(folder, $"{height.Value.ToString("D20", CultureInfo.InvariantCulture)}{Extension}");

    private static bool TryOpen(byte[] bytes, Height height, out ReadOnlyMemory<byte> state)
    {
        state = default;
        if (bytes.Length < HeaderBytes)
        {
            return false;
        }

        Span<byte> expected = stackalloc byte[HeaderBytes];
        WriteHeader(expected, height, bytes.AsSpan(HeaderBytes));
        state = bytes.AsMemory(HeaderBytes);
        return bytes.AsSpan(0, HeaderBytes).SequenceEqual(expected);
    }

    private static void WriteHeader(Span<byte> header, Height height, ReadOnlySpan<byte> state)
    {
        BinaryPrimitives.WriteInt64BigEndian(header, Magic);
        BinaryPrimitives.WriteInt64BigEndian(header[sizeof(long)..], height.Value);
        Hash32.Of(state).CopyTo(header[(2 * sizeof(long))..]);
    }
}
