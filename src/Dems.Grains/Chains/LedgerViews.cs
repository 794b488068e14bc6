using Dems.Contracts.Queries;
using Dems.Core.Ledger.Encoding;
using Dems.Core.Ledger.Execution;
using Dems.Replication.Ports;

namespace Dems.Grains.Chains;

/// <summary>Blocks and entries as the API shows them.</summary>
internal static class LedgerViews
{
    public static BlockView Of(DecidedBlock block)
    {
        var header = block.Block.Header;
        return new BlockView(
            header.Height.Value,
            block.Hash.ToString(),
            Convert.ToBase64String(HeaderCodec.Encode(header)),
            header.Round,
            DateTimeOffset.FromUnixTimeMilliseconds(header.Time.UnixMilliseconds),
            header.Proposer,
            header.Previous.ToString(),
            header.TreeSize,
            header.TreeRoot.ToString(),
            header.ResultsRoot.ToString(),
            header.StateRoot.ToString(),
            block.FirstIndex,
            [.. block.Block.Leaves.Select(leaf => leaf.ToString())],
            new CertificateView(
                block.Certificate.Round,
                [.. block.Certificate.Signatures.Select(s => new CertificateSignatureView(s.Validator, Convert.ToHexStringLower(s.Signature.Span)))]));
    }

    public static EntryView Of(StoredEntry entry, ProjectedResults? results)
    {
        if (!EntryCodec.TryDecode(entry.Bytes, out var opened, out var error))
        {
            throw new DamageException(new Damage("chain", "entry", entry.Height, entry.Leaf.ToString(), error.ToString()));
        }

        return new EntryView(
            entry.Index,
            entry.Height.Value,
            entry.Leaf.ToString(),
            entry.Content.ToString(),
            opened.Kind.ToString(),
            opened.Signer.Fingerprint.ToString(),
            opened.Sequence,
            Convert.ToBase64String(entry.Bytes.Span))
        {
            Outcome = results is null ? null : Of(results.RowOf(entry.Index)),
        };
    }

    private static OutcomeView Of(EntryResult row) => new(OutcomeText.StatusOf(row.Outcome), OutcomeText.ReasonOf(row.Outcome))
    {
        Cause = OutcomeText.CauseOf(row.Outcome),
        Reading = row.At < 0 ? null : row.At,
        SignedBy = row.Role == SigningRole.None ? null : row.Role.ToString().ToLowerInvariant(),
    };
}
