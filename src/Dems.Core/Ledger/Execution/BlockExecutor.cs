using System.Security.Cryptography;
using Dems.Core.Crypto;
using Dems.Core.Ledger.Entries;
using Dems.Core.Ledger.Merkle;

namespace Dems.Core.Ledger.Execution;

/// <summary>
/// Executes blocks: a function of the state before and the block, nothing else. For each entry in order: is it for this chain, is the signing key known, is its sequence
/// number free, may the key still sign. From then on the sequence number counts as used, whatever becomes of the body, so that a refused statement cannot be played
/// again when circumstances suit it. An entry by an unknown or retired key leaves no trace in the state, so that strangers cannot make it grow.
/// </summary>
public static class BlockExecutor
{
    private const long MillisecondsPerDay = 86_400_000;

    /// <summary>Executes a block.</summary>
    /// <param name="state">The state after the previous block.</param>
    /// <param name="header">The block's header; decided, hence valid.</param>
    /// <param name="entries">The block's entries in order, opened.</param>
    /// <exception cref="ArgumentException">State and header are not of one chain.</exception>
    public static ExecutionResult Execute(LedgerState state, BlockHeader header, IReadOnlyList<OpenedEntry> entries)
    {
        if (header.Chain != state.Chain)
        {
            throw new ArgumentException($"The header is of chain {header.Chain}, the state of {state.Chain}.", nameof(header));
        }

        var (validators, nextValidators) = (state.Validators.At(header.Height.Next), state.Validators.At(header.Height.Next.Next));
        if (entries.Count == 0)
        {
            return new ExecutionResult(state, ResultsTree.Build(SeedOf(entries), []), [], Changed: false, validators, nextValidators);
        }

        var draft = new StateDraft(state.Map);
        var results = new EntryResult[entries.Count];
        for (var i = 0; i < results.Length; i++)
        {
            var verdict = Execute(draft, state, header, entries[i]);
            results[i] = ResultOf(state.Frontier.Size + i, entries[i], verdict);
        }

        draft.Set(StateKeys.Frontier, new FrontierRecord(state.Frontier.AppendAll(entries.Select(entry => entry.Leaf.Value))));
        var tree = ResultsTree.Build(SeedOf(entries), [.. results.Select(result => new ReadOnlyMemory<byte>(result.Encode()))]);
        return new ExecutionResult(new LedgerState(draft.Write()), tree, results, Changed: true, validators, nextValidators);
    }

    private static Verdict Execute(StateDraft draft, LedgerState state, BlockHeader header, OpenedEntry entry)
    {
        if (entry.Chain != header.Chain)
        {
            return EntryOutcome.RefusedChain;
        }

        var fingerprint = entry.Signer.Fingerprint;
        if (draft.Get(StateKeys.Key(fingerprint), StateDecoders.Key) is not { } signer)
        {
            return EntryOutcome.RefusedUnknownSigner;
        }

        var use = SequenceWindow.Check(draft, fingerprint, entry.Sequence, entry.Content);
        if (use != SequenceUse.Free)
        {
            return use switch
            {
                SequenceUse.UsedBySame => EntryOutcome.Duplicate,
                SequenceUse.UsedByOther => EntryOutcome.RefusedSequence,
                _ => EntryOutcome.RefusedSequenceTooOld,
            };
        }

        if (signer.Status != KeyStatus.Active)
        {
            return EntryOutcome.RefusedRetired;
        }

        SequenceWindow.Use(draft, fingerprint, entry.Sequence, entry.Content);
        return entry.Body switch
        {
            ReadingBatch batch => BatchExecution.Execute(draft, signer, batch, (int)(header.Time.UnixMilliseconds / MillisecondsPerDay)),
            PartyRegistration registration => RegistrationExecution.Execute(draft, entry, registration),
            NodeRegistration registration => RegistrationExecution.Execute(draft, signer, registration),
            Delegation delegation => RegistrationExecution.Execute(draft, signer, delegation),
            KeyRotation rotation => RegistrationExecution.Execute(draft, entry, signer, rotation),
            Retirement retirement => RegistrationExecution.Execute(draft, entry, signer, retirement),
            EvidenceReport report => EvidenceExecution.Execute(draft, state.Validators, header.Height, entry, report),
            _ => throw new InvalidOperationException($"{entry.Kind} was opened but has no execution."),
        };
    }

    private static EntryResult ResultOf(long index, OpenedEntry entry, Verdict verdict)
    {
        var batch = entry.Body as ReadingBatch;
        return new EntryResult(
            index, entry.Leaf, entry.Content, entry.Kind, verdict.Outcome, verdict.At, batch?.Node ?? default, batch?.ReadingsRoot ?? default);
    }

    // Whoever can read the entries can compute the seed, nobody else: their salts are inside what gets sealed.
    private static byte[] SeedOf(IReadOnlyList<OpenedEntry> entries)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(System.Text.Encoding.ASCII.GetBytes(Domains.Results));
        foreach (var entry in entries)
        {
            hash.AppendData(entry.Salt.Span);
        }

        return hash.GetHashAndReset();
    }
}
