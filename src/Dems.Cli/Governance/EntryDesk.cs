using System.Security.Cryptography;
using Dems.Cli.Client;
using Dems.Contracts.Queries;
using Dems.Contracts.Submission;
using Dems.Core;
using Dems.Core.Crypto;
using Dems.Core.Ledger;
using Dems.Core.Ledger.Encoding;
using Dems.Core.Ledger.Entries;

namespace Dems.Cli.Governance;

/// <summary>Signs single entries, submits them to a member and waits until it is known what became of them.</summary>
internal sealed class EntryDesk(MemberClient client, ChainId chain, TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>The chain that entries are signed for.</summary>
    public ChainId Chain => chain;

    /// <summary>A desk at a member for one of its pools.</summary>
    public static async Task<EntryDesk> OpenAsync(MemberClient client, string pool, TimeProvider time, CancellationToken cancellationToken)
    {
        var chains = await ChainsAsync(client, cancellationToken);
        var chain = chains.FirstOrDefault(c => string.Equals(c.Pool, pool, StringComparison.Ordinal));
        return chain is not null && Hash32.TryParse(chain.Chain, out var hash)
            ? new EntryDesk(client, new ChainId(hash), time)
            : throw new CommandException(ExitCodes.Usage, $"There is no pool '{pool}' there, only {string.Join(", ", chains.Select(c => $"'{c.Pool}'"))}.");
    }

    /// <summary>Signs, submits, waits; the entry as the chain holds it, with its outcome.</summary>
    public async Task<EntryView> SubmitAsync(EntryBody body, ISigner signer, CancellationToken cancellationToken)
    {
        // Sequence numbers are nonces: the clock gives one that no earlier run used.
        var bytes = Sign(body, signer, time.GetUtcNow().ToUnixTimeMilliseconds());
        var entry = EntryCodec.TryDecode(bytes, out var decoded, out var error) ? decoded : throw new InvalidOperationException($"An entry signed here does not open: {error}.");
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(Patience);
        try
        {
            while ((await client.SubmitAsync([entry], SubmitWait.Promise, deadline.Token))[0] is { Outcome: not (SubmitOutcome.Stored or SubmitOutcome.Duplicate) } answer)
            {
                if (answer.Outcome is SubmitOutcome.Refused or SubmitOutcome.SequenceTaken)
                {
                    throw new CommandException(ExitCodes.Failed, $"The entry was refused: {answer.Field}: {answer.Reason}");
                }

                await Task.Delay(TimeSpan.FromMilliseconds(100), deadline.Token);
            }

            return await client.OutcomeAsync(entry.Content, deadline.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new CommandException(ExitCodes.Unavailable, $"The entry {entry.Content} was not final within {Patience.TotalSeconds} seconds; it may become so later.");
        }
    }

    private static async Task<IReadOnlyList<ChainView>> ChainsAsync(MemberClient client, CancellationToken cancellationToken)
    {
        try
        {
            return await client.ChainsAsync(cancellationToken);
        }
        catch (HttpRequestException e)
        {
            throw new CommandException(ExitCodes.Unavailable, $"The member does not answer: {e.Message}");
        }
    }

    private byte[] Sign(EntryBody body, ISigner signer, long sequence)
    {
        try
        {
            return EntryBuilder.Sign(body, chain, sequence, RandomNumberGenerator.GetBytes(OpenedEntry.SaltSize), signer);
        }
        catch (ArgumentException e)
        {
            throw new CommandException(ExitCodes.Usage, e.Message);
        }
    }
}
