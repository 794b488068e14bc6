using Dems.Replication.Ports;
using Dems.Storage.Sqlite;

namespace Dems.Storage.Safety;

/// <summary>The safety row in the replica's file, the high-water mark in a file beside it.</summary>
internal sealed class SqliteSafetyStore(GroupWriter writer, HighWaterFile highWater) : ISafetyStore
{
    // A row is some hundred bytes, rarely a few thousand; the group's byte limit is not meant for it.
    private const long Bytes = 1024;

    /// <inheritdoc/>
    public async Task CreateAsync(CancellationToken cancellationToken)
    {
        await writer.RunAsync(
            file =>
            {
                if (SafetyTable.Read(file) is not null)
                {
                    throw new InvalidOperationException($"{file.Path} already has a safety row; a second one would let this validator sign twice.");
                }

                SafetyTable.Write(file, new SafetyRow(0, 0, default, ReadOnlyMemory<byte>.Empty));
                return true;
            },
            Bytes, urgent: true, cancellationToken);
        await RaiseAsync(default);
    }

    /// <inheritdoc/>
    public Task<SafetyRow?> TakeOverAsync(CancellationToken cancellationToken) => writer.RunAsync(
        file =>
        {
            if (SafetyTable.Read(file) is not { } row)
            {
                return null;
            }

            var taken = row with { Epoch = row.Epoch + 1 };
            SafetyTable.Write(file, taken);
            return taken;
        },
        Bytes, urgent: true, cancellationToken);

    /// <inheritdoc/>
    public async Task<bool> WriteAsync(SafetyRow row, long expectedVersion, CancellationToken cancellationToken)
    {
        if (row.Version != expectedVersion + 1)
        {
            throw new ArgumentException($"Version {row.Version} does not follow {expectedVersion}.", nameof(row));
        }

        var written = await writer.RunAsync(
            file =>
            {
                var current = SafetyTable.Read(file);
                if (current is null || current.Version != expectedVersion || current.Epoch != row.Epoch)
                {
                    return false;
                }

                SafetyTable.Write(file, row);
                return true;
            },
            Bytes, urgent: true, cancellationToken);
        if (written)
        {
            await RaiseAsync(row.Position);
        }

        return written;
    }

    /// <inheritdoc/>
    public async Task RecreateAsync(SafetyRow row, CancellationToken cancellationToken)
    {
        await writer.RunAsync(
            file =>
            {
                if (IsSound(file))
                {
                    throw new InvalidOperationException($"{file.Path} still has its safety row; only a lost one is created anew.");
                }

                SafetyTable.Write(file, row);
                return true;
            },
            Bytes, urgent: true, cancellationToken);
        await RaiseAsync(row.Position);
    }

    /// <inheritdoc/>
    public ValueTask<SafetyPosition?> ReadHighWaterAsync(CancellationToken cancellationToken) => ValueTask.FromResult(highWater.Read());

    // Waiting for the disk must hold up neither the caller's scheduler nor the writer.
    private Task RaiseAsync(SafetyPosition position) => Task.Run(() => highWater.Raise(position));

    private static bool IsSound(SqliteFile file)
    {
        try
        {
            return SafetyTable.Read(file) is not null;
        }
        catch (DamageException)
        {
            return false;
        }
    }
}
