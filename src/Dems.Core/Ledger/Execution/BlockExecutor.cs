using System.Buffers.Binary;
using System.Security.Cryptography;
using Dems.Core.Crypto;
using Dems.Core.Governance.Execution;
using Dems.Core.Ledger.Entries;

namespace Dems.Core.Ledger.Execution;

/// <summary>
/// Executes blocks: a function of the state before and the block, nothing else. For each entry in order: is it for this chain, is the signing key known, is its sequence
/// number free, may the key still sign. From then on the sequence number counts as used, whatever becomes of the body, so that a refused statement cannot be played
/// again when circumstances suit it. An entry by an unknown or retired key leaves no trace in the state, so that strangers cannot make it grow. Before and
/// after the entries runs what is due at the block's time (<see cref="DueEvents"/>).
/// </summary>
public static class BlockExecutor
{
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

        if (entries.Count == 0 && !(state.NextDue <= header.Time))
        {
            return ResultOf(header, state, [], [], default, changed: false);
        }

        var draft = new StateDraft(state.Map);
        var before = DueEvents.RunBefore(draft, header);
        var results = new EntryResult[entries.Count];
        for (var i = 0; i < results.Length; i++)
        {
            var verdict = Execute(draft, state, header, entries[i]);
            results[i] = EntryResult.Of(state.Frontier.Size + i, entries[i], verdict.Outcome, verdict.At, verdict.Role);
        }

        if (results.Length > 0)
        {
            draft.Set(StateKeys.Frontier, new FrontierRecord(state.Frontier.AppendAll(entries.Select(entry => entry.Leaf.Value))));
        }

        List<ResultRow> further = [.. before, .. DueEvents.RunAfter(draft, header)];
        var seed = NextSeed(draft, header, entries);
        var after = new LedgerState(draft.Write());
        return ResultOf(header, after, results, further, seed, changed: results.Length + further.Count > 0 || after.Root != state.Root);
    }

    // Sets of later heights come from the state after the block: a change that it made is in force two heights on.
    private static ExecutionResult ResultOf(
        BlockHeader header, LedgerState after, IReadOnlyList<EntryResult> results, IReadOnlyList<ResultRow> further, Hash32 seed, bool changed) => new(
        after, new BlockResults(seed, ResultRow.EncodeAll(results, further)), results, further, changed, after.Validators.At(header.Height.Next), after.Validators.At(header.Height.Next.Next));

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
            ReadingBatch batch => BatchExecution.Execute(draft, signer, batch, header.Time),
            PartyRegistration registration => RegistrationExecution.Execute(draft, entry, registration),
            NodeRegistration registration => RegistrationExecution.Execute(draft, signer, registration),
            Delegation delegation => RegistrationExecution.Execute(draft, signer, delegation),
            KeyRotation rotation => RegistrationExecution.Execute(draft, entry, signer, rotation),
            Retirement retirement => RegistrationExecution.Execute(draft, entry, signer, retirement),
            EvidenceReport report => EvidenceExecution.Execute(draft, state.Validators, header.Height, entry, report),
            BallotProposal proposal => BallotExecution.Execute(draft, header, entry, signer, proposal),
            BallotVote vote => BallotExecution.Execute(draft, entry, signer, vote),
            NodeMessage message => MessageExecution.Execute(draft, header, entry, signer, message),
            _ => throw new InvalidOperationException($"{entry.Kind} was opened but has no execution."),
        };
    }

    /// <summary>
    /// The seed that blinds this block's rows: SHA-256(tag ‖ seed of the last block that had one ‖ height ‖ salts of the entries). Whoever can read all entries so far can
    /// compute it, nobody else: their salts are inside what gets sealed. So a block without entries, too, has rows that cannot be guessed.
    /// </summary>
    private static Hash32 NextSeed(StateDraft draft, BlockHeader header, IReadOnlyList<OpenedEntry> entries)
    {
        var before = draft.Get(StateKeys.ResultSeed, StateDecoders.Hash)?.Value ?? default;
        Span<byte> height = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(height, header.Height.Value);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(System.Text.Encoding.ASCII.GetBytes(Domains.Results));
        hash.AppendData(before.ToArray());
        hash.AppendData(height);
        foreach (var entry in entries)
        {
            hash.AppendData(entry.Salt.Span);
        }

        var seed = new Hash32(hash.GetHashAndReset());
        draft.Set(StateKeys.ResultSeed, new HashRecord(seed));
        return seed;
    }
}
