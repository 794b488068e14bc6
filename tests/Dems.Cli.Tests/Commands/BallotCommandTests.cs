using System.Text.Json;
using Dems.Cli.Tests.Fixtures;
using Dems.Core.Allocation;
using Dems.Core.Allocation.Encoding;
using Dems.Core.Ledger;
using Xunit;

namespace Dems.Cli.Tests.Commands;

/// <summary>A ballot from the command line, from its proposal to its effect, at a member that runs in this process.</summary>
public sealed class BallotCommandTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    [Fact]
    public async Task Ballot_OpenedAndVotedOn_TakesEffectAndIsShown()
    {
        using var folder = new TemporaryFolder();
        using var patience = new CancellationTokenSource(Patience);
        await using var member = await MemberAlone.StartAsync(folder.Path, patience.Token);
        string[] at = ["--to", member.Address, "--pool", MemberAlone.Pool, "--json"];
        var newKey = folder.File("party.pem");
        Assert.Equal(0, (await DemsProcess.RunAsync("keygen", newKey)).ExitCode);

        var pool = await DemsProcess.RunAsync(["pool", .. at]);
        Assert.True(pool.ExitCode == 0, pool.ToString());
        Assert.Contains("pro_rata", pool.LastLine.GetProperty("policies").EnumerateArray().Select(policy => policy.GetProperty("rule").GetString()), StringComparer.Ordinal);
        Assert.Equal(0, pool.LastLine.GetProperty("missing").GetArrayLength());
        await ExpectTrialAsync(folder, at);

        var opened = await DemsProcess.RunAsync(
            ["ballot", "open", "admit-party", "--new-key", newKey, "--name", "Bakery", "--key", member.KeyPath, "--text", "Let the bakery in.", "--notice", "0", "--open-for", "86400", .. at]);
        Assert.True(opened.ExitCode == 0, opened.ToString());
        var ballot = opened.LastLine.GetProperty("id").GetString()!;
        await UntilAsync(ballot, at, "open", patience.Token);

        var vote = await DemsProcess.RunAsync(["vote", ballot, "yes", "--key", member.KeyPath, .. at]);
        Assert.True(vote.ExitCode == 0, vote.ToString());
        var again = await DemsProcess.RunAsync(["vote", ballot, "no", "--key", member.KeyPath, .. at]);
        Assert.Equal((1, "already-voted"), (again.ExitCode, again.LastLine.GetProperty("cause").GetString()));

        Assert.Equal(3, (await DemsProcess.RunAsync(["ballot", "proof", ballot, "-o", folder.File("early.proof"), .. at])).ExitCode);
        member.Time.MoveTo(DateTimeOffset.UtcNow.AddDays(2));
        var shown = await UntilAsync(ballot, at, "effective", patience.Token);
        Assert.Equal("applied", shown.GetProperty("effect").GetString());
        Assert.Equal(1, shown.GetProperty("count").GetProperty("yes").GetInt64());
        var listed = await DemsProcess.RunAsync(["ballot", "list", .. at]);
        Assert.Equal(ballot, listed.LastLine.GetProperty("ballot").GetString());

        await ExpectTallyProvenAsync(folder, member, ballot, at);

        // The party that the ballot admitted can propose now.
        var resolution = await DemsProcess.RunAsync(["ballot", "open", "resolution", "--key", newKey, "--text", "Bread for all.", "--notice", "0", "--open-for", "864000", .. at]);
        Assert.Equal("applied", resolution.LastLine.GetProperty("status").GetString());
    }

    [Theory]
    [InlineData(2, "vote", "54d1", "yes", "--key")]
    [InlineData(3, "ballot", "open", "resolution", "--text", "x", "--key")]
    public async Task Command_WithAWrongIdOrWithoutAMember_FailsWithItsExitCode(int exitCode, params string[] arguments)
    {
        using var folder = new TemporaryFolder();
        Assert.Equal(0, (await DemsProcess.RunAsync("keygen", folder.File("key.pem"))).ExitCode);
        var result = await DemsProcess.RunAsync([.. arguments, folder.File("key.pem"), "--to", "http://127.0.0.1:1"]);
        Assert.True(result.ExitCode == exitCode, result.ToString());
    }

    /// <summary>A rule is tried before anybody proposes it: on a pool without intervals it changes nothing, and what is no rule is refused in words.</summary>
    private static async Task ExpectTrialAsync(TemporaryFolder folder, string[] at)
    {
        var file = folder.File("equal.json");
        await File.WriteAllTextAsync(file, PolicyJson.Write(PoolTerms.Default.Policy with { Rule = new AllocationRule.EqualWithCaps([], DefaultWeight: 1) }));
        var trial = await DemsProcess.RunAsync(["ballot", "trial", "--file", file, .. at]);
        Assert.True(trial.ExitCode == 0, trial.ToString());
        Assert.Equal(("electricity", 0, true), (trial.LastLine.GetProperty("carrier").GetString(), trial.LastLine.GetProperty("intervals").GetInt32(), trial.LastLine.GetProperty("isConserved").GetBoolean()));

        await File.WriteAllTextAsync(file, PolicyJson.Write(PoolTerms.Default.Policy with { SettlementInterval = 300 }));
        var refused = await DemsProcess.RunAsync(["ballot", "trial", "--file", file, .. at]);
        Assert.Equal(2, refused.ExitCode);
        Assert.Contains("settlement interval", refused.Error, StringComparison.Ordinal);
    }

    /// <summary>The tally is carried away and holds against genesis alone; an altered one does not.</summary>
    private static async Task ExpectTallyProvenAsync(TemporaryFolder folder, MemberAlone member, string ballot, string[] at)
    {
        var file = folder.File("tally.proof");
        var fetched = await DemsProcess.RunAsync(["ballot", "proof", ballot, "-o", file, .. at]);
        Assert.True(fetched.ExitCode == 0, fetched.ToString());
        var sound = await DemsProcess.RunAsync("ballot", "verify", file, "--genesis", member.GenesisPath, "--json");
        Assert.True(sound.ExitCode == 0, sound.ToString());
        Assert.Equal((ballot, "accepted", 1), (sound.LastLine.GetProperty("ballot").GetString(), sound.LastLine.GetProperty("decision").GetString(), sound.LastLine.GetProperty("yes").GetInt64()));

        var bytes = await File.ReadAllBytesAsync(file);
        bytes[^1] ^= 1;
        await File.WriteAllBytesAsync(file, bytes);
        var altered = await DemsProcess.RunAsync("ballot", "verify", file, "--genesis", member.GenesisPath, "--json");
        Assert.Equal((1, "proof"), (altered.ExitCode, altered.LastLine.GetProperty("field").GetString()));
    }

    private static async Task<JsonElement> UntilAsync(string ballot, string[] at, string phase, CancellationToken cancellationToken)
    {
        while (true)
        {
            var shown = await DemsProcess.RunAsync(["ballot", "show", ballot, .. at]);
            if (shown.ExitCode == 0 && shown.LastLine.GetProperty("phase").GetString() == phase)
            {
                return shown.LastLine;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), cancellationToken);
        }
    }
}
