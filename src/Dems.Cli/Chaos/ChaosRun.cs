using Dems.Cli.Client;
using Dems.Cli.Output;
using Dems.Core.Energy;
using Dems.Grains.Crypto;
using Dems.Grains.Hosting;
using Dems.Ingest.Importing;

namespace Dems.Cli.Chaos;

/// <summary>One chaos run: found a network, load it, kill its members, let it settle, and look into every folder.</summary>
internal sealed class ChaosRun(ChaosOptions options, Reporter reporter, TimeProvider time)
{
    private const int Nodes = 8;

    private static readonly TimeSpan PollPeriod = TimeSpan.FromMilliseconds(50);

    /// <summary>Runs and reports. Every process that it started is dead when it returns or throws.</summary>
    public async Task<ChaosSummary> RunAsync(CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var directory = Path.GetFullPath(options.Data ?? Directory.CreateTempSubdirectory("dems-chaos-").FullName);
        var audit = new SignatureAudit();
        await using var network = await ChaosNetwork.FoundAsync(directory, options.Members, time, cancellationToken);
        foreach (var member in network.Members)
        {
            network.Start(member);
        }

        if (!await WaitAsync(async () => (await network.HeadsAsync(cancellationToken)).All(head => head is { Running: true, Voting: true }), cancellationToken))
        {
            throw new CommandException(ExitCodes.Failed, $"The members did not begin to vote within {options.Patience.TotalSeconds} s; see {directory}.");
        }

        using var gateway = await RegisterAsync(network, cancellationToken);
        using var load = new ChaosLoad(
            new BatchPlan(network.Chain, gateway.Key, gateway.Nodes, options.ReadingsPerBatch),
            new PromiseReader(network.Genesis, network.Chain, new Es256Verifier()),
            [.. network.Members.Select(member => member.Address)],
            options.Rate,
            options.Seed);
        var assailant = new Assailant(network, options, audit, reporter, time);
        await AssailAsync(load, assailant, cancellationToken);
        var settled = await WaitAsync(() => network.HasSettledAsync(cancellationToken), cancellationToken);
        foreach (var member in network.Members)
        {
            await member.KillAsync();
            audit.Add(member.Signatures.Read());
        }

        var findings = await ExamineAsync(network, audit, load, cancellationToken);
        return Summarise(directory, settled, audit, load, assailant, findings) with { Seconds = Math.Round(time.GetElapsedTime(started).TotalSeconds, 1) };
    }

    private async Task AssailAsync(ChaosLoad load, Assailant assailant, CancellationToken cancellationToken)
    {
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var abandoned = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var sending = load.RunAsync(enough.Token, abandoned.Token);
        try
        {
            await assailant.RunAsync(cancellationToken);
        }
        finally
        {
            await enough.CancelAsync();
            abandoned.CancelAfter(options.Patience);
            await sending;
        }
    }

    private async Task<Submitter> RegisterAsync(ChaosNetwork network, CancellationToken cancellationToken)
    {
        var founder = network.Members[0];
        if (!MemberFolder.TryRead(founder.Folder, out _, out _, out var key, out var error))
        {
            throw new CommandException(ExitCodes.Usage, error);
        }

        using (key)
        {
            var client = network.ClientOf(founder);
            var registrar = new Registrar(network.Chain, key, Path.Combine(network.Directory, "keys"), client, client, time);
            MeteringPoint[] points = [.. Enumerable.Range(0, Nodes).Select(i => new MeteringPoint($"CHAOS{i:D4}", Carrier.Electricity))];
            await registrar.RegisterAsync(points, cancellationToken);
            var nodes = new List<NodeAddress>();
            foreach (var point in points)
            {
                nodes.Add((await registrar.ResolveAsync(point, cancellationToken))!.Value);
            }

            reporter.Line($"{network.Members.Count} members are up, {nodes.Count} nodes registered; data below {network.Directory}");
            return new Submitter(registrar, nodes);
        }
    }

    /// <summary>Waits until something holds; false if it does not in time.</summary>
    private async Task<bool> WaitAsync(Func<Task<bool>> holds, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        while (!await holds())
        {
            if (time.GetElapsedTime(started) > options.Patience)
            {
                return false;
            }

            await Task.Delay(PollPeriod, time, cancellationToken);
        }

        return true;
    }

    private async Task<IReadOnlyList<Inquest.Finding>> ExamineAsync(ChaosNetwork network, SignatureAudit audit, ChaosLoad load, CancellationToken cancellationToken)
    {
        using var inquest = new Inquest(network.Genesis, audit);
        var findings = new List<Inquest.Finding>();
        foreach (var member in network.Members)
        {
            findings.Add(await inquest.ExamineAsync(member.Member, member.Folder, load.Promised, cancellationToken));
            reporter.Line($"member {member.Member}: {findings[^1].Chain.Entries} entries in {findings[^1].Chain.Head} blocks verified from genesis");
        }

        return findings;
    }

    private ChaosSummary Summarise(
        string directory, bool settled, SignatureAudit audit, ChaosLoad load, Assailant assailant, IReadOnlyList<Inquest.Finding> findings)
    {
        var chain = findings[0].Chain;
        var reports = assailant.Losses.Select(loss => loss with { SameStateRoot = findings.All(f => f.Chain.StateRoot == findings[loss.Member].Chain.StateRoot) }).ToList();
        var agree = findings.All(f => f.Chain.HeadHash == chain.HeadHash && f.Chain.StateRoot == chain.StateRoot);
        List<string> violations = [.. assailant.Violations, .. load.Violations, .. audit.Doubles.Select(place => $"signed twice: {place}")];
        violations.AddRange(reports.Where(report => !report.IsGood).Select(report => $"the member did not come back as it must: {report}"));
        foreach (var finding in findings)
        {
            violations.AddRange(finding.Chain.FirstDamage is { } damage ? [$"member {finding.Member}: {damage}"] : Array.Empty<string>());
            violations.AddRange(finding.Lost.Select(content => $"member {finding.Member} lacks promised entry {content}"));
            violations.AddRange(finding.Late.Select(content => $"member {finding.Member} ordered entry {content} later than promised"));
            violations.AddRange(finding.Unseen.Select(message => $"member {finding.Member} holds a precommit that its signer was not seen to send: {message}"));
        }

        violations.AddRange(settled ? [] : [$"the members did not come to rest within {options.Patience.TotalSeconds} s after the load"]);
        violations.AddRange(agree ? [] : ["the members' chains end differently"]);
        violations.AddRange(load.Outstanding == 0 ? [] : [$"{load.Outstanding} batches were never promised"]);
        return new ChaosSummary
        {
            Members = options.Members,
            Seed = options.Seed,
            Kills = assailant.Kills,
            KillsWhileStarting = assailant.KillsWhileStarting,
            Promised = load.Promised.Select(promise => promise.Content).Distinct().Count(),
            Retransmissions = load.Retransmissions,
            Lost = findings.SelectMany(f => f.Lost).Distinct().Count(),
            Late = findings.SelectMany(f => f.Late).Distinct().Count(),
            Signatures = audit.Count,
            DoubleSignatures = audit.Doubles.Count,
            RestartMs = Spread.Of(assailant.Restarts),
            RestartsLate = assailant.Restarts.Count(ms => ms > options.RestartBound.TotalMilliseconds),
            Height = chain.Head.Value,
            Head = chain.HeadHash.ToString(),
            StateRoot = chain.StateRoot.ToString(),
            HeadsAgree = agree,
            Scenarios = reports,
            Violations = violations,
            Seconds = 0,
            Data = directory,
        };
    }

    /// <summary>The gateway's key, which the registrar owns, and the nodes that it may speak for.</summary>
    private sealed record Submitter(Registrar Registrar, IReadOnlyList<NodeAddress> Nodes) : IDisposable
    {
        public Es256Signer Key => Registrar.Gateway;

        public void Dispose() => Registrar.Dispose();
    }
}
