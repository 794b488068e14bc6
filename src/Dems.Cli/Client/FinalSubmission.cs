using System.Security.Cryptography;
using Dems.Contracts.Submission;
using Dems.Core.Crypto;
using Dems.Core.Ledger;
using Dems.Core.Ledger.Encoding;
using Dems.Core.Ledger.Entries;

namespace Dems.Cli.Client;

/// <summary>Submits entries that the next step builds upon, and waits until all of them are final.</summary>
internal sealed class FinalSubmission(IEntrySubmitter submitter, ILedgerReader reader)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Signs an entry.</summary>
    public static OpenedEntry Sign(EntryBody body, ChainId chain, long sequence, ISigner signer)
    {
        var bytes = EntryBuilder.Sign(body, chain, sequence, RandomNumberGenerator.GetBytes(OpenedEntry.SaltSize), signer);
        return EntryCodec.TryDecode(bytes, out var entry, out var error)
            ? entry
            : throw new InvalidOperationException($"An entry signed here does not open: {error}.");
    }

    /// <summary>Submits and waits. What became of the entries is not asked.</summary>
    public async Task SubmitAsync(string what, IReadOnlyList<OpenedEntry> entries, CancellationToken cancellationToken)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(Patience);
        try
        {
            var pending = entries;
            while (pending.Count > 0)
            {
                var results = await submitter.SubmitAsync(pending, SubmitWait.Promise, deadline.Token);
                if (results.FirstOrDefault(r => r.Outcome is SubmitOutcome.Refused or SubmitOutcome.SequenceTaken) is { } refused)
                {
                    throw new CommandException(ExitCodes.Failed, $"A {what} was refused: {refused.Field}: {refused.Reason}");
                }

                pending = [.. pending.Where((_, i) => results[i].Outcome is SubmitOutcome.Busy or SubmitOutcome.Unpromised)];
                if (pending.Count > 0)
                {
                    await Task.Delay(TimeSpan.FromMilliseconds(100), deadline.Token);
                }
            }

            foreach (var entry in entries)
            {
                await reader.WaitFinalAsync(entry.Content, deadline.Token);
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new CommandException(ExitCodes.Unavailable, $"A {what} was not final within {Patience.TotalSeconds} seconds.");
        }
    }
}
