using System.Security.Cryptography;
using Dems.Cli.Network;
using Dems.Contracts.Queries;
using Dems.Contracts.Submission;
using Dems.Core.Crypto;
using Dems.Core.Energy;
using Dems.Core.Ledger;
using Dems.Core.Ledger.Encoding;
using Dems.Core.Ledger.Entries;
using Dems.Grains.Crypto;
using Dems.Ingest.Importing;
using Microsoft.Extensions.DependencyInjection;

namespace Dems.Cli.Demo;

/// <summary>
/// Registers what the demo's data needs: for each metering point a party, a node and a delegation to the demo's gateway, each waiting for the one before to be final.
/// The keys lie beside the members' folders, so that a later run finds them.
/// </summary>
internal sealed class DemoRegistrar : INodeResolver, IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly MemberApp _member;
    private readonly string _pool;
    private readonly ChainId _chain;
    private readonly string _keys;
    private readonly IEntrySubmitter _submitter;
    private readonly ILedgerQueries _queries;
    private readonly Dictionary<string, NodeAddress> _nodes = new(StringComparer.Ordinal);
    private long _sequence;

    public DemoRegistrar(MemberApp member, string pool, string directory, TimeProvider time)
    {
        (_member, _pool, _keys) = (member, pool, Path.Combine(directory, "keys"));
        _chain = member.Options.Genesis.ChainOf(pool);
        _submitter = member.Services.GetRequiredService<IEntrySubmitter>();
        _queries = member.Services.GetRequiredService<ILedgerQueries>();
        Directory.CreateDirectory(_keys);
        Gateway = LoadOrCreate("gateway");

        // Sequence numbers are nonces: the clock gives ones that no earlier run used.
        _sequence = time.GetUtcNow().ToUnixTimeMilliseconds();
    }

    /// <summary>Signs the readings.</summary>
    public Es256Signer Gateway { get; }

    /// <summary>Nodes known so far.</summary>
    public int Count => _nodes.Count;

    public ValueTask<NodeAddress?> ResolveAsync(MeteringPoint point, CancellationToken cancellationToken) =>
        ValueTask.FromResult<NodeAddress?>(_nodes.TryGetValue(point.RegisteredId, out var node) ? node : null);

    /// <summary>Registers the metering points that the chain does not know yet.</summary>
    public async Task RegisterAsync(IReadOnlyCollection<MeteringPoint> points, CancellationToken cancellationToken)
    {
        var missing = new List<Homestead>();
        foreach (var point in points.OrderBy(p => p.RegisteredId, StringComparer.Ordinal))
        {
            if (await _queries.FindMeteringPointAsync(_pool, point.RegisteredId, cancellationToken) is { } known)
            {
                _nodes[point.RegisteredId] = known;
            }
            else
            {
                missing.Add(new Homestead(point, LoadOrCreate($"party {point.RegisteredId}"), LoadOrCreate($"node {point.RegisteredId}")));
            }
        }

        foreach (var batch in missing.Chunk(256))
        {
            await SubmitAsync([.. batch.Select(h => Sign(EntryBuilder.PartyRegistration(_chain, h.Party, Shorten($"Party of {h.Point}")), _member.Options.Validator))], cancellationToken);
            await SubmitAsync([.. batch.Select(h => Sign(NodeOf(h), h.Party))], cancellationToken);
            await SubmitAsync([.. batch.Select(h => Sign(DelegationOf(h), h.Party))], cancellationToken);
            foreach (var homestead in batch)
            {
                var id = homestead.Point.RegisteredId;
                _nodes[id] = await _queries.FindMeteringPointAsync(_pool, id, cancellationToken)
                    ?? throw new CommandException(ExitCodes.Failed, $"The registration of {id} is final but was refused.");
                homestead.Party.Dispose();
                homestead.Node.Dispose();
            }
        }
    }

    public void Dispose() => Gateway.Dispose();

    private static string Shorten(string name) => name.Length <= PartyRegistration.MaxNameLength ? name : name[..PartyRegistration.MaxNameLength];

    private NodeRegistration NodeOf(Homestead homestead) => EntryBuilder.NodeRegistration(
        _chain,
        homestead.Node,
        homestead.Point.RegisteredId,
        NodeAddress.Of(homestead.Party.PublicKey),
        [new EnergySource("grid", homestead.Point.Carrier, SourceKind.Grid, PowerLimitW: 0, MaxEnergyWh: 0)],
        validFrom: 0);

    private Delegation DelegationOf(Homestead homestead) => new(
        Gateway.PublicKey, DelegationRole.Gateway, NodeAddress.Of(homestead.Node.PublicKey), Enum.GetValues<Register>(), ValidFrom: 0, ValidUntil: 0);

    private OpenedEntry Sign(EntryBody body, ISigner signer)
    {
        var bytes = EntryBuilder.Sign(body, _chain, _sequence++, RandomNumberGenerator.GetBytes(OpenedEntry.SaltSize), signer);
        return EntryCodec.TryDecode(bytes, out var entry, out var error)
            ? entry
            : throw new InvalidOperationException($"An entry signed here does not open: {error}.");
    }

    /// <summary>Submits and waits until all are final.</summary>
    private async Task SubmitAsync(IReadOnlyList<OpenedEntry> entries, CancellationToken cancellationToken)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(Patience);
        try
        {
            var pending = entries;
            while (pending.Count > 0)
            {
                var results = await _submitter.SubmitAsync(pending, SubmitWait.Promise, deadline.Token);
                if (results.FirstOrDefault(r => r.Outcome is SubmitOutcome.Refused or SubmitOutcome.SequenceTaken) is { } refused)
                {
                    throw new CommandException(ExitCodes.Failed, $"A registration was refused: {refused.Field}: {refused.Reason}");
                }

                pending = [.. pending.Where((_, i) => results[i].Outcome is SubmitOutcome.Busy or SubmitOutcome.Unpromised)];
                if (pending.Count > 0)
                {
                    await Task.Delay(TimeSpan.FromMilliseconds(100), deadline.Token);
                }
            }

            foreach (var entry in entries)
            {
                await WaitFinalAsync(entry.Content, deadline.Token);
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new CommandException(ExitCodes.Unavailable, $"The registrations were not final within {Patience.TotalSeconds} seconds.");
        }
    }

    private async Task WaitFinalAsync(ContentId content, CancellationToken cancellationToken)
    {
        var height = 0L;
        while (await _queries.EntryAsync(_pool, new EntryName(null, content.Value), cancellationToken) is null)
        {
            height = await _queries.WaitForBlockAsync(_pool, height, TimeSpan.FromSeconds(1), cancellationToken);
        }
    }

    private Es256Signer LoadOrCreate(string name)
    {
        var path = Path.Combine(_keys, $"{Uri.EscapeDataString(name)}.pem");
        if (!File.Exists(path))
        {
            return KeyFile.Create(path);
        }

        return KeyFile.TryLoad(path, out var signer, out var error) ? signer : throw new CommandException(ExitCodes.Usage, error);
    }

    private sealed record Homestead(MeteringPoint Point, Es256Signer Party, Es256Signer Node);
}
