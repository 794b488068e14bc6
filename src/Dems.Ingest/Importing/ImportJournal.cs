using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Dems.Core;
using Dems.Core.Crypto;
using Dems.Core.Ledger.Entries;

namespace Dems.Ingest.Importing;

/// <summary>
/// What an import must remember to repeat itself exactly: which sequence number each batch has, fixed durably before the batch is first sent, and which
/// batches were delivered. Salts follow from a secret of the journal. A repeat therefore signs the same content under the same sequence and
/// is a retransmission. An append-only text file, one per gateway key, readable by its owner only.
/// </summary>
/// <remarks>
/// Lines: <c>dems-import 1 KEY SECRET</c>, then <c>batch SERIES NUMBER SEQUENCE</c> (a later line for the same batch replaces an earlier one) and
/// <c>done SERIES NUMBER</c>. A last line without its end was torn by a crash and never counted.
/// </remarks>
public sealed class ImportJournal : IDisposable
{
    private const string Header = "dems-import 1";

    private readonly FileStream _file;
    private readonly byte[] _secret;
    private readonly Dictionary<BatchKey, (long Sequence, bool Delivered)> _batches = [];
    private readonly Lock _gate = new();
    private long _nextSequence;

    private ImportJournal(FileStream file, byte[] secret, long nextSequence)
    {
        _file = file;
        _secret = secret;
        _nextSequence = nextSequence;
    }

    /// <summary>Opens or creates the journal of a gateway key.</summary>
    /// <param name="path">The file.</param>
    /// <param name="gateway">The key that signs.</param>
    /// <param name="firstUnused">A sequence number from which on the chain knows none of this key, for a journal that was lost or is older than the chain.</param>
    /// <exception cref="InvalidDataException">The file is another key's journal or damaged.</exception>
    public static ImportJournal Open(string path, PublicKey gateway, long firstUnused = 0)
    {
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.Read };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        var file = new FileStream(path, options);
        try
        {
            return Load(file, gateway, firstUnused);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>The sequence numbers of batches, new ones in the order of the call; durable when this returns.</summary>
    public long[] SequencesOf(IReadOnlyList<BatchKey> batches)
    {
        lock (_gate)
        {
            var lines = new StringBuilder();
            foreach (var batch in batches)
            {
                if (!_batches.ContainsKey(batch))
                {
                    Assign(batch, lines);
                }
            }

            Append(lines, durable: true);
            return [.. batches.Select(batch => _batches[batch].Sequence)];
        }
    }

    /// <summary>Gives a batch a new sequence number, because the chain holds something else under the old one; durable when this returns.</summary>
    public void Move(BatchKey batch)
    {
        lock (_gate)
        {
            var lines = new StringBuilder();
            Assign(batch, lines);
            Append(lines, durable: true);
        }
    }

    /// <summary>The salt of a batch: nobody without the journal can tell it, and the journal always says the same.</summary>
    public byte[] SaltOf(BatchKey batch, long sequence) =>
        HMACSHA256.HashData(_secret, Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{batch} {sequence}")))[..OpenedEntry.SaltSize];

    /// <summary>Whether a batch was delivered.</summary>
    public bool IsDelivered(BatchKey batch)
    {
        lock (_gate)
        {
            return _batches.TryGetValue(batch, out var known) && known.Delivered;
        }
    }

    /// <summary>Notes a delivered batch. Not forced to the disk: what a crash forgets is sent again, as a retransmission.</summary>
    public void Deliver(BatchKey batch)
    {
        lock (_gate)
        {
            var known = _batches[batch];
            if (!known.Delivered)
            {
                _batches[batch] = known with { Delivered = true };
                Append(new StringBuilder().Append(CultureInfo.InvariantCulture, $"done {batch}\n"), durable: false);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _file.Flush(flushToDisk: true);
        _file.Dispose();
    }

    private static ImportJournal Load(FileStream file, PublicKey gateway, long firstUnused)
    {
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        var end = Array.LastIndexOf(bytes, (byte)'\n') + 1;
        file.SetLength(end);
        file.Position = end;
        if (end == 0)
        {
            var fresh = new ImportJournal(file, RandomNumberGenerator.GetBytes(32), firstUnused);
            var head = new StringBuilder($"{Header} {gateway.Fingerprint} {Convert.ToHexStringLower(fresh._secret)}\n");
            fresh.Append(head, durable: true);
            return fresh;
        }

        var lines = Encoding.ASCII.GetString(bytes, 0, end - 1).Split('\n');
        if (lines[0].Split(' ') is not ["dems-import", "1", var key, { Length: 64 } secret])
        {
            throw new InvalidDataException($"{file.Name} is not an import journal.");
        }

        if (!string.Equals(key, gateway.Fingerprint.ToString(), StringComparison.Ordinal))
        {
            throw new InvalidDataException($"{file.Name} belongs to the key {key}, not to {gateway.Fingerprint}.");
        }

        var journal = new ImportJournal(file, Convert.FromHexString(secret), firstUnused);
        for (var i = 1; i < lines.Length; i++)
        {
            if (!journal.TryReplay(lines[i]))
            {
                throw new InvalidDataException($"{file.Name}, line {i + 1} is damaged: '{lines[i]}'.");
            }
        }

        return journal;
    }

    private bool TryReplay(string line)
    {
        var parts = line.Split(' ');
        if (parts.Length < 3
            || !Hash32.TryParse(parts[1], out var series)
            || !int.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return false;
        }

        var key = new BatchKey(series, number);
        switch (parts)
        {
            case ["batch", _, _, var text] when long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var sequence):
                _batches[key] = (sequence, false);
                _nextSequence = Math.Max(_nextSequence, sequence + 1);
                return true;
            case ["done", _, _] when _batches.TryGetValue(key, out var known):
                _batches[key] = known with { Delivered = true };
                return true;
            default:
                return false;
        }
    }

    private void Assign(BatchKey batch, StringBuilder lines)
    {
        _batches[batch] = (_nextSequence, false);
        lines.Append(CultureInfo.InvariantCulture, $"batch {batch} {_nextSequence}\n");
        _nextSequence++;
    }

    private void Append(StringBuilder lines, bool durable)
    {
        if (lines.Length > 0)
        {
            _file.Write(Encoding.ASCII.GetBytes(lines.ToString()));
            _file.Flush(durable);
        }
    }
}
