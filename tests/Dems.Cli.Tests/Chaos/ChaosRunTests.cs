using Dems.Cli.Chaos;
using Dems.Cli.Output;
using Dems.Cli.Tests.Fixtures;
using Xunit;

namespace Dems.Cli.Tests.Chaos;

/// <summary>A short run with real processes; <c>dems chaos</c> does the long ones.</summary>
public sealed class ChaosRunTests
{
    private static readonly TimeSpan Eternity = TimeSpan.FromMinutes(10);

    [Fact]
    public async Task Network_MembersKilledAndOneRolledBack_LosesNothingAndSignsNothingTwice()
    {
        using var folder = new TemporaryFolder();
        var options = new ChaosOptions
        {
            Kills = TestScale.Times(2),
            Data = folder.Path,
            Losses = [FolderLoss.RolledBack],

            // How fast a member is back is a question to a machine that does nothing else.
            RestartBound = Eternity,
            RejoinBound = Eternity,
            Patience = Eternity,
        };
        var summary = await new ChaosRun(options, new Reporter(json: true), TimeProvider.System).RunAsync(TestContext.Current.CancellationToken);

        Assert.Empty(summary.Violations);
        Assert.Equal(options.Kills, summary.Kills);
        Assert.True(summary.Promised > 0);
        Assert.Equal(0, summary.Lost);
        Assert.Equal(0, summary.DoubleSignatures);
        Assert.True(summary.HeadsAgree);
        Assert.True(Assert.Single(summary.Scenarios).IsGood);
    }
}
