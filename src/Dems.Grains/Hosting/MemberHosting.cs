using Dems.Contracts.Queries;
using Dems.Contracts.Receipts;
using Dems.Contracts.Settlement;
using Dems.Contracts.Submission;
using Dems.Core.Crypto;
using Dems.Grains.Chains;
using Dems.Grains.Crypto;
using Dems.Grains.Peers;
using Dems.Grains.Receipts;
using Dems.Grains.Settlement;
using Dems.Replication.Ports;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;

namespace Dems.Grains.Hosting;

/// <summary>Puts a member into a host: its stores, its silo, its peer link. API and ingest are added by whoever composes the host.</summary>
public static class MemberHosting
{
    /// <summary>Adds everything of one member. Hosted services start in the order of their registration and stop in the opposite one.</summary>
    /// <param name="builder">A host of its own for each member; several may live in one process.</param>
    /// <param name="options">The member.</param>
    /// <param name="verifiers">The process's verifier pool, shared by its members; the caller disposes it after the hosts.</param>
    public static IHostApplicationBuilder AddMember(this IHostApplicationBuilder builder, MemberOptions options, VerifierPool verifiers)
    {
        var services = builder.Services;
        services.AddSingleton(options);
        services.AddSingleton(verifiers);
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<ISignatureVerifier, Es256Verifier>();
        services.AddSingleton<IEntryOpener, EntryOpener>();
        services.AddSingleton<SubmissionDesk>();
        services.AddSingleton<IEntrySubmitter, GrainSubmitter>();
        services.AddSingleton<ILedgerQueries, LedgerQueries>();
        services.AddSingleton<IGovernanceQueries, GovernanceQueries>();
        services.AddSingleton<IPoolQueries, PoolQueries>();
        services.AddSingleton<IReadingQueries, ReadingQueries>();
        services.AddSingleton<ReceiptKey>();
        services.AddSingleton<IReceiptDesk, ReceiptDesk>();
        services.AddSingleton<IntervalBlocks>();
        services.AddSingleton<ISettlementDesk, SettlementDesk>();
        services.AddSingleton<IFrameSink, GrainFrameSink>();

        services.AddHosted<ChainSites>();
        services.AddSingleton(provider => new HttpPeerTransport(
            options.Peers,
            options.PeerTransport,
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<HttpPeerTransport>>(),
            options.PeerRoots is null ? null : PeerTrust.HandlerFor(options.PeerRoots)));
        AddPeerTransport(services, options);
        services.AddHostedService(provider => provider.GetRequiredService<HttpPeerTransport>());
        AddSilo(builder, options);
        services.AddSingleton(provider => new PeerEndpoint(
            options.PeerEndpoint, provider.GetRequiredService<IFrameSink>(), provider.GetRequiredService<ILoggerFactory>()));
        services.AddHostedService(provider => provider.GetRequiredService<PeerEndpoint>());
        services.AddHostedService<ChainKeeper>();
        services.AddHostedService<ReadingProjector>();
        return builder;
    }

    private static void AddPeerTransport(IServiceCollection services, MemberOptions options)
    {
        if (options.SignatureLog is not { } path)
        {
            services.AddSingleton<IPeerTransport>(provider => provider.GetRequiredService<HttpPeerTransport>());
            return;
        }

        services.AddSingleton(_ => new SignatureLog(path));
        services.AddSingleton<IPeerTransport>(provider => new LoggedTransport(
            provider.GetRequiredService<HttpPeerTransport>(), provider.GetRequiredService<SignatureLog>(), provider.GetRequiredService<ILogger<LoggedTransport>>()));
    }

    private static void AddHosted<T>(this IServiceCollection services)
        where T : class, IHostedService
    {
        services.AddSingleton<T>();
        services.AddHostedService(provider => provider.GetRequiredService<T>());
    }

    /// <summary>A silo that knows nobody: the member's grains live in this process. Its ids stay the same for the member's life.</summary>
    private static void AddSilo(IHostApplicationBuilder builder, MemberOptions options)
    {
        var id = $"{options.Genesis.Hash.ToString()[..16]}-{options.Member}";
        builder.UseOrleans(silo =>
        {
            silo.UseLocalhostClustering(options.SiloPort, gatewayPort: 0, primarySiloEndpoint: null, serviceId: id, clusterId: id);
            silo.AddActivityPropagation();
            silo.Configure<ClusterMembershipOptions>(membership => membership.ProbeTimeout = TimeSpan.FromSeconds(1));
        });
    }
}
