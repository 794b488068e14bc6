using Dems.Contracts.Queries;
using Dems.Contracts.Receipts;
using Dems.Core.Ledger;
using Dems.Core.Ledger.Encoding;
using Dems.Core.Ledger.Entries;
using Dems.Core.Ledger.Merkle;
using Dems.Core.Ledger.Receipts;
using Dems.Grains.Chains;
using Dems.Replication.Ports;

namespace Dems.Grains.Receipts;

/// <summary>
/// Puts receipts together from this member's stores. What is signed here is only that the entry is in the tree; everything else was certified when it was decided. The
/// query tables' rows are compared with the certified results root first, so that damaged tables give no bad receipt but an error.
/// </summary>
public sealed class ReceiptDesk(ChainSites sites, IGrainFactory grains, ReceiptKey key) : IReceiptDesk
{
    /// <inheritdoc/>
    public async Task<ReceiptAnswer> IssueAsync(string pool, EntryName entry, ReadingChoice? reading, CancellationToken cancellationToken)
    {
        if (sites.OfPool(pool) is not { } site || await site.Store.Chain.FindAsync(entry, cancellationToken) is not { } stored)
        {
            return new ReceiptAnswer(ReceiptStanding.UnknownEntry);
        }

        if (SubjectOf(site, stored, reading) is not { } subject)
        {
            return new ReceiptAnswer(ReceiptStanding.NoSuchReading);
        }

        if (await site.Store.Chain.ReadBlockAsync(stored.Height.Next, cancellationToken) is not { } next
            || await site.FindResultsAsync(stored.Height, cancellationToken) is not { } results)
        {
            return new ReceiptAnswer(ReceiptStanding.NotYet);
        }

        var block = await BlockAsync(site, stored.Height, cancellationToken);
        var receipt = new Receipt
        {
            HandOvers = await HandOverTrail.ReadAsync(site, grains, stored.Height, key.Issuer.Member, cancellationToken),
            Block = HandOverTrail.Certified(block),
            Next = HandOverTrail.Certified(next),
            Result = results.RowOf(stored.Index),
            ResultProof = Prove(results, stored, next.Block.Header.ResultsRoot),
            Statement = State(site, stored, block.Block.Header),
            Issuer = key.Issuer,
            Subject = subject,
        };
        return new ReceiptAnswer(ReceiptStanding.Issued)
        {
            Content = stored.Content.ToString(),
            Receipt = ReceiptCodec.Encode(receipt),
            Statement = receipt.Statement.Encode(),
        };
    }

    private static ReceiptSubject? SubjectOf(ChainSite site, StoredEntry stored, ReadingChoice? choice)
    {
        if (choice is null)
        {
            return new ReceiptSubject.Entry(stored.Bytes);
        }

        if (!EntryCodec.TryDecode(stored.Bytes, out var opened, out var error))
        {
            throw new DamageException(new Damage(site.Store.Files.Database, "entry", stored.Height, stored.Leaf.ToString(), error.ToString()));
        }

        var place = opened.Body is ReadingBatch batch ? PlaceOf(batch, choice) : -1;
        return place < 0 ? null : new ReceiptSubject.Readings([ReadingTree.Prove((ReadingBatch)opened.Body, opened.Salt.Span, place)]);
    }

    private static int PlaceOf(ReadingBatch batch, ReadingChoice choice)
    {
        var place = 0;
        foreach (var reading in batch.Expand())
        {
            if (reading.Register == choice.Register && reading.Start == choice.Start)
            {
                return place;
            }

            place++;
        }

        return -1;
    }

    private static ResultProof Prove(ProjectedResults results, StoredEntry stored, Core.Hash32 root)
    {
        var tree = results.Results.Tree;
        return tree.Root == root
            ? tree.Prove((int)(stored.Index - results.FirstIndex))
            : throw new StorageException($"The results of block {stored.Height} in the query tables are not those that block {stored.Height.Next} commits to. Delete the tables; they are built again from the chain.");
    }

    private InclusionStatement State(ChainSite site, StoredEntry stored, BlockHeader header) =>
        InclusionStatement.Sign(MerkleTree.ProveInclusion(new TileReader(site.Store.Chain.Tiles), stored.Index, header.TreeSize), header.TreeRoot, key.Signer);

    private static async Task<DecidedBlock> BlockAsync(ChainSite site, Height height, CancellationToken cancellationToken) =>
        await site.Store.Chain.ReadBlockAsync(height, cancellationToken)
        ?? throw new DamageException(new Damage(site.Store.Files.Database, "block", height, "row", "is missing"));
}
