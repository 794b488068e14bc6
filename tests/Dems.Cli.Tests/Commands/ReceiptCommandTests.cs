using System.Net;
using System.Security.Cryptography;
using Dems.Cli.Network;
using Dems.Cli.Tests.Fixtures;
using Dems.Contracts.Queries;
using Dems.Contracts.Submission;
using Dems.Core.Ledger.Encoding;
using Dems.Core.Ledger.Entries;
using Dems.Grains.Crypto;
using Dems.Grains.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Dems.Cli.Tests.Commands;

/// <summary>A receipt from a running member's edge to a stranger's machine.</summary>
public sealed class ReceiptCommandTests
{
    [Fact]
    public async Task Receipt_FetchedAndCarriedAway_IsCheckedWithGenesisOnly()
    {
        using var folder = new TemporaryFolder();
        var content = await FetchAsync(folder, "entry.receipt");
        var (file, genesis) = (folder.File("entry.receipt"), Path.Combine(NetworkFolder.MemberOf(folder.Path, 0), MemberFolder.GenesisName));

        var sound = await DemsProcess.RunAsync("receipt", "verify", file, "--genesis", genesis, "--json");
        Assert.True(sound.ExitCode == 0, sound.ToString());
        Assert.Equal((content, "applied"), (sound.LastLine.GetProperty("content").GetString(), sound.LastLine.GetProperty("status").GetString()));
        Assert.Equal("utility", sound.LastLine.GetProperty("issuer").GetString());

        var plain = await DemsProcess.RunAsync("receipt", "verify", file, "--genesis", genesis);
        Assert.Contains("Holds: entry 0 of pool", plain.Output, StringComparison.Ordinal);

        var bytes = await File.ReadAllBytesAsync(file);
        bytes[^1] ^= 1;
        await File.WriteAllBytesAsync(file, bytes);
        var altered = await DemsProcess.RunAsync("receipt", "verify", file, "--genesis", genesis, "--json");
        Assert.Equal((1, "subject"), (altered.ExitCode, altered.LastLine.GetProperty("field").GetString()));

        Assert.Equal(2, (await DemsProcess.RunAsync("receipt", "verify", file, "--genesis", file)).ExitCode);
        Assert.Equal(2, (await DemsProcess.RunAsync("receipt", "verify", folder.File("missing"), "--genesis", genesis)).ExitCode);
    }

    /// <summary>Runs a network of one, lets it decide a registration, and fetches the receipt over HTTP. Gives the content id.</summary>
    private static async Task<string> FetchAsync(TemporaryFolder folder, string name)
    {
        var cancellation = TestContext.Current.CancellationToken;
        var genesis = await NetworkFolder.CreateAsync(folder.Path, "alone", 1, [NetworkFolder.CommunityPool("community")], TimeProvider.System, cancellation);
        var member = NetworkFolder.MemberOf(folder.Path, 0);
        Assert.True(MemberFolder.TryRead(member, out _, out _, out var validator, out var error), error);
        using var party = Es256Signer.Create();
        using var verifiers = new VerifierPool();
        var ports = FreePorts.Take(2);
        var options = new MemberOptions
        {
            Genesis = genesis,
            Member = 0,
            DataFolder = member,
            Validator = validator,
            Peers = new Dictionary<int, Uri>(),
            SiloPort = ports[1],
        };
        await using var app = await MemberApp.StartAsync(options, verifiers, new IPEndPoint(IPAddress.Loopback, ports[0]), quiet: true, cancellation);

        var chain = genesis.ChainOf("community");
        var bytes = EntryBuilder.Sign(EntryBuilder.PartyRegistration(chain, party, "a party"), chain, 1, RandomNumberGenerator.GetBytes(OpenedEntry.SaltSize), validator);
        Assert.True(EntryCodec.TryDecode(bytes, out var entry, out _));
        var submitter = app.Services.GetRequiredService<IEntrySubmitter>();
        while ((await submitter.SubmitAsync([entry], SubmitWait.Promise, cancellation))[0].Outcome == SubmitOutcome.Busy)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), cancellation);
        }

        var queries = app.Services.GetRequiredService<ILedgerQueries>();
        for (var height = 0L; height < 2;)
        {
            height = await queries.WaitForBlockAsync("community", height, TimeSpan.FromSeconds(60), cancellation);
        }

        var server = $"http://127.0.0.1:{ports[0]}";
        var got = await DemsProcess.RunAsync("receipt", "get", entry.Content.ToString(), "--server", server, "-o", folder.File(name));
        Assert.True(got.ExitCode == 0, got.ToString());
        Assert.Equal(1, (await DemsProcess.RunAsync("receipt", "get", new string('0', 64), "--server", server, "-o", folder.File("none"))).ExitCode);
        return entry.Content.ToString();
    }
}
