using Dems.Core.Ledger;
using Dems.Grains.Chains;
using Dems.Grains.Crypto;
using Dems.Grains.Hosting;
using Dems.Replication.Verification;
using Dems.Storage;

namespace Dems.Cli.Chaos;

/// <summary>
/// What the dead members' folders say, each by itself: the chain is verified from genesis, its entries are compared with the promises, its certificates with what was
/// seen leaving the signers.
/// </summary>
internal sealed class Inquest(Genesis genesis, SignatureAudit audit) : IDisposable
{
    private readonly VerifierPool _verifiers = new();
    private readonly ChainId _chain = genesis.ChainOf(ChaosNetwork.Pool);

    /// <summary>Looks into one member's folder.</summary>
    public async Task<Finding> ExamineAsync(int member, string folder, IReadOnlyCollection<Promised> promises, CancellationToken cancellationToken)
    {
        using var exclusive = DataFolderLock.Acquire(folder);
        await using var store = await ReplicaDatabase.OpenAsync(MemberFolder.FilesOf(folder, ChaosNetwork.Pool), _chain, cancellationToken);
        var signatures = new Es256Verifier();
        var verifier = new ChainVerifier(genesis, ChaosNetwork.Pool, signatures, new EntryOpener(_verifiers, signatures));
        var verified = await verifier.VerifyAsync(store.Chain, progress: null, cancellationToken);
        var finding = new Finding(member, verified);
        var ordered = await OrderedAsync(store, cancellationToken);
        foreach (var promise in promises)
        {
            if (!ordered.TryGetValue(promise.Content, out var height))
            {
                finding.Lost.Add(promise.Content);
            }
            else if (height > promise.LatestHeight)
            {
                finding.Late.Add(promise.Content);
            }
        }

        for (var height = Height.Genesis.Next; await store.Chain.ReadBlockAsync(height, cancellationToken) is { } block; height = height.Next)
        {
            finding.Unseen.AddRange(SignedMessage.Of(block.Certificate).Where(message => !audit.Has(message)));
        }

        return finding;
    }

    public void Dispose() => _verifiers.Dispose();

    /// <summary>Content ids on the chain with the height of the first block that orders each.</summary>
    private static async Task<Dictionary<ContentId, long>> OrderedAsync(ReplicaDatabase store, CancellationToken cancellationToken)
    {
        var ordered = new Dictionary<ContentId, long>();
        for (var index = 0L; await store.Chain.ReadEntriesAsync(index, Block.MaxEntries, cancellationToken) is { Count: > 0 } entries; index += entries.Count)
        {
            foreach (var entry in entries)
            {
                ordered.TryAdd(entry.Content, entry.Height.Value);
            }
        }

        return ordered;
    }

    /// <summary>What one folder says.</summary>
    internal sealed record Finding(int Member, ChainVerification Chain)
    {
        /// <summary>Promised entries that its chain lacks.</summary>
        public List<ContentId> Lost { get; } = [];

        /// <summary>Promised entries above the height promised.</summary>
        public List<ContentId> Late { get; } = [];

        /// <summary>Precommits in its certificates that nobody saw leave: the audit missed them, or somebody else signed.</summary>
        public List<SignedMessage> Unseen { get; } = [];
    }
}
