using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Dems.Contracts.Grains;
using Dems.Contracts.Queries;
using Dems.Contracts.Submission;
using Dems.Core;
using Dems.Core.Consensus;
using Dems.Core.Crypto;
using Dems.Core.Energy;
using Dems.Core.Ledger;
using Dems.Core.Ledger.Encoding;
using Dems.Core.Ledger.Entries;
using Dems.Grains.Chains;
using Dems.Grains.Crypto;
using Dems.Grains.Hosting;
using Dems.Grains.Peers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Dems.Grains.Tests.Hosting;

/// <summary>Four members in this process, each a host of its own with silo, SQLite store and HTTP/2 link, exactly as in production but without a public edge.</summary>
public sealed class TestMembers : IAsyncLifetime
{
    public const int Count = 4;
    public const string Pool = "community";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly string _folder = Directory.CreateTempSubdirectory("dems-members-").FullName;
    private readonly VerifierPool _verifiers = new();
    private readonly IHost?[] _hosts = new IHost?[Count];
    private readonly Es256Signer[] _keys = new Es256Signer[Count];
    private readonly int[] _ports = FreePorts(2 * Count);
    private long _sequence = 1;

    public Genesis Genesis { get; private set; } = null!;

    public ChainId Chain { get; private set; }

    public Es256Signer Party { get; } = Es256Signer.Create();

    public Es256Signer Node { get; } = Es256Signer.Create();

    public ISigner Validator => _keys[0];

    public async ValueTask InitializeAsync()
    {
        for (var i = 0; i < Count; i++)
        {
            Directory.CreateDirectory(FolderOf(i));
            _keys[i] = KeyFile.Create(Path.Combine(FolderOf(i), MemberFolder.ValidatorKeyName));
        }

        Genesis = new Genesis
        {
            Network = "test",
            CreatedAt = new BlockTime(DateTimeOffset.UtcNow.ToUnixTimeMilliseconds()),
            Members = [.. _keys.Select((key, i) => new GenesisMember($"member {i}", key.PublicKey))],
            Pools = [new GenesisPool(Pool, "Europe/Vienna", [Carrier.Electricity])],
        };
        Chain = Genesis.ChainOf(Pool);
        for (var i = 0; i < Count; i++)
        {
            await MemberFolder.InitializeAsync(FolderOf(i), Genesis, CancellationToken.None);
        }

        await Task.WhenAll(Enumerable.Range(0, Count).Select(StartAsync));
    }

    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(Enumerable.Range(0, Count).Select(StopAsync));
        _verifiers.Dispose();
        Array.ForEach(_keys, key => key.Dispose());
        Party.Dispose();
        Node.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    public async Task StartAsync(int member)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        var options = new MemberOptions
        {
            Genesis = Genesis,
            Member = member,
            DataFolder = FolderOf(member),
            Validator = _keys[member],
            Peers = Enumerable.Range(0, Count).Where(i => i != member).ToDictionary(i => i, i => new Uri($"http://127.0.0.1:{_ports[i]}")),
            PeerEndpoint = new PeerEndpointOptions { Port = _ports[member] },
            SiloPort = _ports[Count + member],
            SnapshotPeriod = 3,
            SnapshotDistance = 8,
        };
        builder.AddMember(options, _verifiers);
        var host = builder.Build();
        await host.StartAsync();
        _hosts[member] = host;
    }

    public async Task StopAsync(int member)
    {
        if (_hosts[member] is { } host)
        {
            _hosts[member] = null;
            await host.StopAsync();
            host.Dispose();
        }
    }

    /// <summary>Takes a stopped member's stores away, as a broken disk would; its key and genesis are kept elsewhere.</summary>
    public async Task LoseStoresAsync(int member)
    {
        foreach (var path in Directory.GetFileSystemEntries(FolderOf(member)).Where(p => !p.EndsWith(".pem", StringComparison.Ordinal)))
        {
            if (Directory.Exists(path))
            {
                Directory.Delete(path, recursive: true);
            }
            else
            {
                File.Delete(path);
            }
        }

        await MemberFolder.WriteGenesisAsync(FolderOf(member), Genesis, CancellationToken.None);
        await MemberFolder.RecreateMissingAsync(FolderOf(member), Genesis, CancellationToken.None);
    }

    public T Get<T>(int member)
        where T : notnull => (_hosts[member] ?? throw new InvalidOperationException($"Member {member} is stopped.")).Services.GetRequiredService<T>();

    public ChainSite Site(int member) => Get<ChainSites>(member).OfPool(Pool)!;

    public ChainStatus Status(int member) => Site(member).Status(Genesis);

    public OpenedEntry Sign(EntryBody body, ISigner signer, long? sequence = null)
    {
        var bytes = EntryBuilder.Sign(body, Chain, sequence ?? _sequence++, RandomNumberGenerator.GetBytes(OpenedEntry.SaltSize), signer);
        Assert.True(EntryCodec.TryDecode(bytes, out var entry, out var error), error.ToString());
        return entry;
    }

    public ReadingBatch Batch(long start, params long[] quantities) =>
        new(NodeAddress.Of(Node.PublicKey), [new ReadingRun(Register.Import, start, 900, Quality.Measured, 0, quantities)]);

    /// <summary>A prevote of a member in round 0 for a made-up block.</summary>
    public Vote Vote(int member, Height height, string block)
    {
        var hash = new BlockHash(Hash32.Of(System.Text.Encoding.UTF8.GetBytes(block)));
        return new Vote(Chain, height, 0, VoteType.Prevote, hash, member, _keys[member].Sign(SignedBytes.OfVote(Chain, height, 0, VoteType.Prevote, hash)));
    }

    /// <summary>The entries of a kind on a member's chain.</summary>
    public async Task<IReadOnlyList<OpenedEntry>> EntriesAsync(int member, EntryKind kind)
    {
        var stored = await Site(member).Store.Chain.ReadEntriesAsync(0, int.MaxValue, CancellationToken.None);
        var opened = stored.Select(entry => EntryCodec.TryDecode(entry.Bytes, out var known, out var error) ? known : throw new InvalidOperationException(error.ToString()));
        return [.. opened.Where(entry => entry.Kind == kind)];
    }

    public async Task<SubmitResult> SubmitAsync(int member, OpenedEntry entry, SubmitWait wait = SubmitWait.Promise)
    {
        var result = Assert.Single(await Get<IEntrySubmitter>(member).SubmitAsync([entry], wait, TestContext.Current.CancellationToken));
        return result;
    }

    /// <summary>Submits until it is taken: a member that has just started may still be busy.</summary>
    public async Task<SubmitResult> DeliverAsync(int member, OpenedEntry entry)
    {
        SubmitResult? last = null;
        await UntilAsync(
            async () => (last = await SubmitAsync(member, entry)).Outcome is not (SubmitOutcome.Busy or SubmitOutcome.Unpromised),
            () => $"member {member} took no entry: {last}");
        return last!;
    }

    public Task UntilFinalAsync(int member, OpenedEntry entry) => UntilAsync(
        async () => await Site(member).Store.Chain.FindByContentAsync(entry.Content, CancellationToken.None) is not null,
        () => $"entry {entry.Content} is not final at member {member}: {Status(member)}");

    /// <summary>Registers the party and the node; does nothing the second time.</summary>
    public async Task RegisterAsync()
    {
        var queries = Get<ILedgerQueries>(0);
        if (await queries.FindMeteringPointAsync(Pool, "POINT-1", CancellationToken.None) is not null)
        {
            return;
        }

        var party = Sign(EntryBuilder.PartyRegistration(Chain, Party, "a party"), Validator);
        Assert.Equal(SubmitOutcome.Stored, (await DeliverAsync(0, party)).Outcome);
        await UntilFinalAsync(0, party);
        EnergySource[] sources = [new EnergySource("grid", Carrier.Electricity, SourceKind.Grid, 0, 0)];
        var node = Sign(EntryBuilder.NodeRegistration(Chain, Node, "POINT-1", NodeAddress.Of(Party.PublicKey), sources, 0), Party);
        Assert.Equal(SubmitOutcome.Stored, (await DeliverAsync(0, node)).Outcome);
        for (var i = 0; i < Count; i++)
        {
            await UntilFinalAsync(i, node);
        }

        await UntilAsync(
            async () => await queries.FindMeteringPointAsync(Pool, "POINT-1", CancellationToken.None) is not null,
            () => "the registration was refused");
    }

    /// <summary>Waits for a condition; fails with a message instead of waiting for ever.</summary>
    public static async Task UntilAsync(Func<Task<bool>> condition, Func<string> message)
    {
        using var deadline = new CancellationTokenSource(Patience);
        while (!await condition())
        {
            Assert.False(deadline.IsCancellationRequested, message());
            await Task.Delay(TimeSpan.FromMilliseconds(10), CancellationToken.None);
        }
    }

    private static int[] FreePorts(int count)
    {
        var listeners = Enumerable.Range(0, count).Select(_ => new TcpListener(IPAddress.Loopback, 0)).ToList();
        listeners.ForEach(l => l.Start());
        int[] ports = [.. listeners.Select(l => ((IPEndPoint)l.LocalEndpoint).Port)];
        listeners.ForEach(l => l.Dispose());
        return ports;
    }

    private string FolderOf(int member) => Path.Combine(_folder, $"member-{member}");
}
