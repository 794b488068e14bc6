using System.Threading.Channels;
using Dems.Contracts.Submission;
using Dems.Core;
using Dems.Core.Crypto;
using Dems.Core.Ledger;
using Dems.Core.Ledger.Encoding;
using Dems.Core.Ledger.Entries;
using Dems.Formats;

namespace Dems.Ingest.Importing;

/// <summary>
/// Brings readings of files onto a chain: cuts them into batches per node, signs with the gateway's key under the sequence numbers of the journal and submits
/// with bounded concurrency. Interrupted anywhere, it resumes; repeated, it doubles nothing.
/// </summary>
public sealed class Importer
{
    private readonly ChainId _chain;
    private readonly ISigner _gateway;
    private readonly IEntrySubmitter _submitter;
    private readonly INodeResolver _nodes;
    private readonly ImportJournal _journal;
    private readonly ImportOptions _options;
    private readonly TimeProvider _time;

    /// <summary>An importer for one chain and one gateway key.</summary>
    public Importer(
        ChainId chain,
        ISigner gateway,
        IEntrySubmitter submitter,
        INodeResolver nodes,
        ImportJournal journal,
        ImportOptions options,
        TimeProvider time)
    {
        (_chain, _gateway, _submitter, _nodes, _journal, _options, _time) =
            (chain, gateway, submitter, nodes, journal, options, time);
    }

    /// <summary>Called for each batch that the member took, from any thread.</summary>
    public Action<SubmittedBatch>? Submitted { get; init; }

    /// <summary>Imports one source. Rows that cannot be taken go to the report; all others are delivered when this returns.</summary>
    /// <exception cref="ImportStoppedException">The member stayed busy too long.</exception>
    public async Task<ImportSummary> ImportAsync(IReadingSource source, RejectReport report, CancellationToken cancellationToken)
    {
        var run = new Run(source, await source.IdentifyAsync(cancellationToken), report);
        var groups = Channel.CreateBounded<List<ImportedBatch>>(_options.MaxInFlight);
        using var failed = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var senders = Enumerable.Range(0, _options.MaxInFlight).Select(_ => SendLoopAsync(run, groups.Reader, failed)).ToList();
        try
        {
            await ReadAsync(run, groups.Writer, failed.Token);
            groups.Writer.Complete();
        }
        catch (Exception e)
        {
            groups.Writer.TryComplete(e);
            await failed.CancelAsync();
            await Task.WhenAll(senders);
            throw;
        }

        await Task.WhenAll(senders);
        return run.Summary;
    }

    private async Task ReadAsync(Run run, ChannelWriter<List<ImportedBatch>> groups, CancellationToken cancellationToken)
    {
        var cutter = new BatchCutter(run.Source.Name, run.Id, _options.BatchSize, _options.MaxNodes);
        var group = new List<ImportedBatch>();
        await foreach (var row in run.Source.ReadAsync(cancellationToken))
        {
            if (row is not ImportRow.Accepted(var reading))
            {
                run.Reject(row);
                continue;
            }

            run.Count(readings: 1);
            var point = new MeteringPoint(reading.MeteringPoint, reading.Carrier);
            if (await _nodes.ResolveAsync(point, cancellationToken) is not { } node)
            {
                run.Reject(Unregistered(run, reading, point));
                continue;
            }

            await TakeAsync(cutter.Add(node, reading));
        }

        await TakeAsync(cutter.Finish());
        if (group.Count > 0)
        {
            await groups.WriteAsync(group, cancellationToken);
        }

        async ValueTask TakeAsync(IEnumerable<BatchCutter.Cut> cuts)
        {
            foreach (var (batch, rejected) in cuts)
            {
                if (rejected is not null)
                {
                    run.Reject(new ImportRow.Rejected(rejected));
                    continue;
                }

                run.Count(batches: 1);
                if (_journal.IsDelivered(batch!.Key))
                {
                    run.Count(repeated: 1);
                    continue;
                }

                group.Add(batch);
                if (group.Count == _options.GroupSize)
                {
                    await groups.WriteAsync(group, cancellationToken);
                    group = [];
                }
            }
        }
    }

    private async Task SendLoopAsync(Run run, ChannelReader<List<ImportedBatch>> groups, CancellationTokenSource failed)
    {
        try
        {
            await foreach (var group in groups.ReadAllAsync(failed.Token))
            {
                await SendAsync(run, group, failed.Token);
            }
        }
        catch
        {
            // The reader must not go on filling a queue that nobody empties.
            await failed.CancelAsync();
            throw;
        }
    }

    private async Task SendAsync(Run run, List<ImportedBatch> group, CancellationToken cancellationToken)
    {
        var pending = Sign(group);
        var sentAt = _time.GetTimestamp();
        var pause = _options.FirstPause;
        for (var attempt = 1; pending.Count > 0; attempt++)
        {
            var results = await _submitter.SubmitAsync(pending.ConvertAll(p => p.Entry), _options.Wait, cancellationToken);
            var again = new List<(ImportedBatch Batch, OpenedEntry Entry)>();
            var moved = new List<ImportedBatch>();
            for (var i = 0; i < results.Count; i++)
            {
                var (batch, entry) = pending[i];
                switch (results[i].Outcome)
                {
                    case SubmitOutcome.Stored or SubmitOutcome.Duplicate:
                        Delivered(run, batch, results[i], sentAt);
                        break;
                    case SubmitOutcome.SequenceTaken:
                        _journal.Move(batch.Key);
                        moved.Add(batch);
                        break;
                    case SubmitOutcome.Refused:
                        run.Reject(Refused(run, batch, results[i]));
                        _journal.Deliver(batch.Key);
                        break;
                    default:
                        again.Add((batch, entry));
                        break;
                }
            }

            pending = [.. Sign(moved), .. again];
            if (again.Count > 0)
            {
                if (attempt >= _options.MaxAttempts)
                {
                    throw new ImportStoppedException($"{run.Source.Name}: the member took no more after {attempt} attempts; import again to resume.");
                }

                await Task.Delay(pause, _time, cancellationToken);
                pause = pause * 2 < _options.LongestPause ? pause * 2 : _options.LongestPause;
            }
        }
    }

    private List<(ImportedBatch Batch, OpenedEntry Entry)> Sign(List<ImportedBatch> batches)
    {
        var sequences = _journal.SequencesOf(batches.ConvertAll(batch => batch.Key));
        return [.. batches.Zip(sequences, (batch, sequence) => (batch, Sign(batch, sequence)))];
    }

    private OpenedEntry Sign(ImportedBatch batch, long sequence)
    {
        var bytes = EntryBuilder.Sign(batch.Batch, _chain, sequence, _journal.SaltOf(batch.Key, sequence), _gateway);
        return EntryCodec.TryDecode(bytes, out var entry, out var error)
            ? entry
            : throw new InvalidOperationException($"A batch signed here does not open: {error}.");
    }

    private void Delivered(Run run, ImportedBatch batch, SubmitResult result, long sentAt)
    {
        _journal.Deliver(batch.Key);
        if (result.Outcome == SubmitOutcome.Stored)
        {
            run.Count(delivered: 1);
        }
        else
        {
            run.Count(repeated: 1);
        }

        Submitted?.Invoke(new SubmittedBatch(result.Content, batch.Batch.Count, sentAt, result.OrderedIndex is not null));
    }

    private static ImportRow.Rejected Unregistered(Run run, ImportedReading reading, MeteringPoint point) => new(new RejectedRow(
        run.Source.Name, reading.Line, "metering point", point.RegisteredId, "no node is registered for it that this gateway signs for", "register the node and delegate it to this gateway"));

    private static ImportRow.Rejected Refused(Run run, ImportedBatch batch, SubmitResult result) => new(new RejectedRow(
        run.Source.Name,
        batch.FirstLine,
        result.Field,
        $"lines {batch.FirstLine} to {batch.LastLine}, node {batch.Batch.Node}",
        result.Reason,
        "correct the rows or the registration and import the file again"));

    /// <summary>One source on its way; counted from the reading loop and from all senders.</summary>
    private sealed class Run(IReadingSource source, Hash32 id, RejectReport report)
    {
        private readonly Lock _gate = new();

        public IReadingSource Source => source;

        public Hash32 Id => id;

        public ImportSummary Summary { get; private set; }

        public void Count(int readings = 0, int batches = 0, int delivered = 0, int repeated = 0)
        {
            lock (_gate)
            {
                Summary += new ImportSummary(readings, 0, batches, delivered, repeated);
            }
        }

        public void Reject(ImportRow row)
        {
            // Several imports may share one report.
            lock (report)
            {
                report.Add(row);
            }

            if (row is ImportRow.Rejected)
            {
                lock (_gate)
                {
                    Summary += new ImportSummary(0, 1, 0, 0, 0);
                }
            }
        }
    }
}
