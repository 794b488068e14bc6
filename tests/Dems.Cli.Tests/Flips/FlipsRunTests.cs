using Dems.Cli.Flips;
using Dems.Cli.Network;
using Dems.Cli.Output;
using Dems.Cli.Tests.Commands;
using Dems.Cli.Tests.Fixtures;
using Dems.Grains.Hosting;
using Xunit;

namespace Dems.Cli.Tests.Flips;

/// <summary>A short run over a small network; <c>dems flips</c> does the long ones.</summary>
public sealed class FlipsRunTests
{
    [Fact]
    public async Task Store_BytesFlipped_EachIsFoundAndRepairedOrChangesNothing()
    {
        using var folder = new TemporaryFolder();
        var options = new FlipsOptions { Count = TestScale.Times(40), OverHttp = 1, Rejoins = 1, Homes = 3, Batches = 16, Data = folder.Path };
        var summary = await new FlipsRun(options, new Reporter(json: true), TimeProvider.System).RunAsync(TestContext.Current.CancellationToken);

        Assert.True(summary.Violations.Count == 0, string.Join(Environment.NewLine, summary.Violations));
        Assert.Equal(options.Count, summary.Kinds.Sum(kind => kind.Tried));
        Assert.Equal(options.Count, summary.Repaired + summary.Kinds.Sum(kind => kind.Harmless));
        StoredKind[] always = [StoredKind.Block, StoredKind.Certificate, StoredKind.Entry, StoredKind.Order, StoredKind.Tile, StoredKind.WalFrame];
        foreach (var kind in always)
        {
            var tally = Assert.Single(summary.Kinds, tally => tally.Kind == kind.ToString());
            Assert.True(tally is { Tried: > 0, Harmless: 0 }, tally.ToString());
        }

        await VerifyNamesTheDamageAsync(folder.Path);
    }

    // As an operator sees it: a process, its exit code, its answer.
    private static async Task VerifyNamesTheDamageAsync(string directory)
    {
        var member = NetworkFolder.MemberOf(Path.Combine(directory, "network"), FlipStage.Victim);
        Assert.True(MemberFolder.TryReadGenesis(member, out var genesis, out var error), error);
        var files = MemberFolder.FilesOf(member, genesis.Pools[0].Name);
        var sound = await DemsProcess.RunAsync("verify", "--json", "--data", member);
        Assert.True(sound.ExitCode == 0, sound.ToString());

        Flip.Choose(ByteMap.Read(files.Database), StoredKind.Certificate, new Random(1)).Apply(files);
        var damaged = await DemsProcess.RunAsync("verify", "--json", "--data", member);

        Assert.Equal(1, damaged.ExitCode);
        Assert.False(damaged.LastLine.GetProperty("sound").GetBoolean());
        Assert.Contains("certificate height", damaged.LastLine.GetProperty("damage").GetString(), StringComparison.Ordinal);
    }
}
