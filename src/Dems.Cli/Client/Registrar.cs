using Dems.Contracts.Submission;
using Dems.Core.Crypto;
using Dems.Core.Energy;
using Dems.Core.Ledger;
using Dems.Core.Ledger.Encoding;
using Dems.Core.Ledger.Entries;
using Dems.Grains.Crypto;
using Dems.Ingest.Importing;

namespace Dems.Cli.Client;

/// <summary>
/// Registers what readings need: for each metering point a party, a node and a delegation to a gateway, each waiting for the one before to be final.
/// The keys of parties and nodes lie in a folder, so that a later run finds them.
/// </summary>
internal sealed class Registrar : INodeResolver, IDisposable
{
    private readonly ChainId _chain;
    private readonly ISigner? _member;
    private readonly KeyRing _keys;
    private readonly FinalSubmission _submission;
    private readonly ILedgerReader _reader;
    private readonly Dictionary<string, NodeAddress> _nodes = new(StringComparer.Ordinal);
    private long _sequence;

    /// <summary>A registrar for one chain.</summary>
    /// <param name="chain">The chain.</param>
    /// <param name="member">Signs the registrations of parties: a member's key; null to register nothing.</param>
    /// <param name="keys">Folder of the keys of parties, nodes and gateway.</param>
    /// <param name="submitter">Where entries go.</param>
    /// <param name="reader">What has become of them.</param>
    /// <param name="time">Clock.</param>
    public Registrar(ChainId chain, ISigner? member, string keys, IEntrySubmitter submitter, ILedgerReader reader, TimeProvider time)
    {
        (_chain, _member, _keys, _submission, _reader) = (chain, member, new KeyRing(keys), new FinalSubmission(submitter, reader), reader);
        Gateway = _keys.Gateway();

        // Sequence numbers are nonces: the clock gives ones that no earlier run used.
        _sequence = time.GetUtcNow().ToUnixTimeMilliseconds();
    }

    /// <summary>Signs the readings.</summary>
    public Es256Signer Gateway { get; }

    /// <summary>Nodes known so far.</summary>
    public int Count => _nodes.Count;

    public ValueTask<NodeAddress?> ResolveAsync(MeteringPoint point, CancellationToken cancellationToken) =>
        ValueTask.FromResult<NodeAddress?>(_nodes.TryGetValue(point.RegisteredId, out var node) ? node : null);

    /// <summary>Registers the metering points that the chain does not know yet, as consumers.</summary>
    public Task RegisterAsync(IReadOnlyCollection<MeteringPoint> points, CancellationToken cancellationToken) => RegisterAsync(points, new HashSet<MeteringPoint>(), cancellationToken);

    /// <summary>Registers the metering points that the chain does not know yet; the producers among them with panels behind the grid connection, so that intervals wait for both sides.</summary>
    public async Task RegisterAsync(IReadOnlyCollection<MeteringPoint> points, IReadOnlySet<MeteringPoint> producers, CancellationToken cancellationToken)
    {
        var missing = new List<Homestead>();
        foreach (var point in points.OrderBy(p => p.RegisteredId, StringComparer.Ordinal))
        {
            if (await _reader.FindMeteringPointAsync(point.RegisteredId, cancellationToken) is { } known)
            {
                _nodes[point.RegisteredId] = known;
            }
            else if (_member is not null)
            {
                missing.Add(new Homestead(point, producers.Contains(point), _keys.PartyOf(point), _keys.NodeOf(point)));
            }
        }

        foreach (var batch in missing.Chunk(256))
        {
            await _submission.SubmitAsync("registration", [.. batch.Select(h => Sign(EntryBuilder.PartyRegistration(_chain, h.Party, Shorten($"Party of {h.Point}")), _member!))], cancellationToken);
            await _submission.SubmitAsync("registration", [.. batch.Select(h => Sign(NodeOf(h), h.Party))], cancellationToken);
            await _submission.SubmitAsync("registration", [.. batch.Select(h => Sign(DelegationOf(h), h.Party))], cancellationToken);
            foreach (var homestead in batch)
            {
                var id = homestead.Point.RegisteredId;
                _nodes[id] = await _reader.FindMeteringPointAsync(id, cancellationToken)
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
        SourcesOf(homestead),
        validFrom: 0);

    private static EnergySource[] SourcesOf(Homestead homestead)
    {
        var grid = new EnergySource("grid", homestead.Point.Carrier, SourceKind.Grid, PowerLimitW: 0, MaxEnergyWh: 0);
        return homestead.Produces ? [grid, new EnergySource("panels", homestead.Point.Carrier, SourceKind.Photovoltaic, PowerLimitW: 0, MaxEnergyWh: 0)] : [grid];
    }

    private Delegation DelegationOf(Homestead homestead) => new(
        Gateway.PublicKey, DelegationRole.Gateway, NodeAddress.Of(homestead.Node.PublicKey), Enum.GetValues<Register>(), ValidFrom: 0, ValidUntil: 0);

    private OpenedEntry Sign(EntryBody body, ISigner signer) => FinalSubmission.Sign(body, _chain, _sequence++, signer);

    private sealed record Homestead(MeteringPoint Point, bool Produces, Es256Signer Party, Es256Signer Node);
}
