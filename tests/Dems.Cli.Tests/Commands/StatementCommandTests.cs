using System.Globalization;
using System.Text.Json;
using Dems.Cli.Tests.Fixtures;
using Dems.Formats.TimeZones;
using Xunit;

namespace Dems.Cli.Tests.Commands;

/// <summary>From meter files and a voted tariff to a statement that a stranger checks, at a member that runs in this process.</summary>
public sealed class StatementCommandTests
{
    private const int Slots = 96;
    private const string Tariff = """
        { "version": 1, "currency": "EUR", "digits": 2, "residualAccount": "rounding", "lines": [
          { "name": "community energy", "kind": "internalPrice", "basis": "sharedIn", "carrier": "electricity", "payee": "community", "vatPercent": "20", "price": "0.10" },
          { "name": "community energy sold", "kind": "internalPrice", "basis": "sharedOut", "carrier": "electricity", "payee": "community", "vatPercent": "0", "price": "0.10" } ] }
        """;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    [Fact]
    public async Task Statement_OfADayUnderAVotedTariff_IsShownExplainedReplayedAndCheckedOffline()
    {
        using var folder = new TemporaryFolder();
        using var patience = new CancellationTokenSource(Patience);
        await using var member = await MemberAlone.StartAsync(folder.Path, patience.Token);
        string[] at = ["--to", member.Address, "--pool", MemberAlone.Pool, "--json"];
        var today = DateTimeOffset.UtcNow.Date;
        await ImportAsync(folder, member, "first", today.AddDays(-2));
        Assert.Equal(1, (await DemsProcess.RunAsync(["statement", "list", "--period", Day(today), .. at])).ExitCode);
        await PutTariffInForceAsync(folder, member, at, patience.Token);
        var day = today.AddDays(3);
        member.Time.MoveTo(new DateTimeOffset(day.AddDays(2), TimeSpan.Zero));
        await ImportAsync(folder, member, "second", day);

        // 100 Wh of the home's 300 come from the roof in each quarter-hour: 9.6 kWh at 0.10, with 20 % VAT.
        var listed = await ListedAsync(day, at, patience.Token);
        Assert.Equal([-96, 115], listed.GetProperty("statements").EnumerateArray().Select(statement => statement.GetProperty("dueUnits").GetInt64()).Order());
        var debtor = listed.GetProperty("statements").EnumerateArray().Single(statement => statement.GetProperty("dueUnits").GetInt64() > 0).GetProperty("party").GetString()!;

        var shown = (await DemsProcess.RunAsync(["statement", "show", debtor, "--period", Day(day), .. at])).LastLine;
        var section = Assert.Single(shown.GetProperty("sections").EnumerateArray());
        Assert.Equal((100 * Slots, 200 * Slots), (section.GetProperty("energy").GetProperty("sharedIn").GetInt64(), section.GetProperty("energy").GetProperty("gridIn").GetInt64()));
        Assert.Equal(Slots, section.GetProperty("evidence").EnumerateArray().Sum(run => run.GetProperty("count").GetInt32()));

        await ExpectExplainedAsync(section.GetProperty("node").GetString()!, day, at);
        await ExpectReplayedAsync(folder, day, debtor, at);
        await ExpectProvenAsync(folder, member, debtor, day, at, patience.Token);
    }

    private static async Task ExpectExplainedAsync(string node, DateTime day, string[] at)
    {
        var why = (await DemsProcess.RunAsync(["why", node, "--at", $"{day:yyyy-MM-dd}T12:10:00Z", .. at])).LastLine;
        Assert.Equal((900, 0), (why.GetProperty("durationSeconds").GetInt32(), why.GetProperty("revision").GetInt32()));
        Assert.Equal((100, 200), (why.GetProperty("result").GetProperty("sharedIn").GetInt64(), why.GetProperty("result").GetProperty("gridIn").GetInt64()));
        Assert.Equal([0, 300], why.GetProperty("inputs").EnumerateArray().Select(input => input.GetProperty("consumptionWh").GetInt64()).Order());
        Assert.Contains(why.GetProperty("steps").EnumerateArray(), step => step.GetProperty("value").GetInt64() == 100 && step.GetProperty("formula").GetString()!.StartsWith("aᵢ", StringComparison.Ordinal));
        Assert.Equal(1, (await DemsProcess.RunAsync(["why", node, "--at", "1999-01-01T00:00:00Z", .. at])).ExitCode);
    }

    // One round of even shares assigns half to the roof itself, which uses nothing: 50 of 100 Wh are shared, at twice the price.
    private static async Task ExpectReplayedAsync(TemporaryFolder folder, DateTime day, string debtor, string[] at)
    {
        var tariff = folder.File("dear.json");
        await File.WriteAllTextAsync(tariff, Tariff.Replace("\"0.10\"", "\"0.30\"", StringComparison.Ordinal));
        var replay = await DemsProcess.RunAsync(["whatif", "--period", Day(day), "--preset", "at-static", "--tariff", tariff, .. at]);
        Assert.True(replay.ExitCode == 0, replay.ToString());
        var node = replay.LastLine.GetProperty("nodes").EnumerateArray().Single(known => known.GetProperty("before").GetProperty("sharedIn").GetInt64() > 0);
        Assert.Equal((100 * Slots, 50 * Slots), (node.GetProperty("before").GetProperty("sharedIn").GetInt64(), node.GetProperty("after").GetProperty("sharedIn").GetInt64()));
        var party = replay.LastLine.GetProperty("parties").EnumerateArray().Single(known => known.GetProperty("party").GetString() == debtor);
        Assert.Equal((115, 173), (party.GetProperty("beforeUnits").GetInt64(), party.GetProperty("afterUnits").GetInt64()));
        Assert.Equal(1, (await DemsProcess.RunAsync(["whatif", "--period", Day(day), "--preset", "atlantis", .. at])).ExitCode);
    }

    private static async Task ExpectProvenAsync(TemporaryFolder folder, MemberAlone member, string party, DateTime day, string[] at, CancellationToken cancellationToken)
    {
        var file = folder.File("statement.proof");
        DemsProcess.Outcome fetched;
        do
        {
            cancellationToken.ThrowIfCancellationRequested();
            fetched = await DemsProcess.RunAsync(["statement", "get", party, "--period", Day(day), "-o", file, .. at]);
        }
        while (fetched.ExitCode == 3);

        Assert.True(fetched.ExitCode == 0, fetched.ToString());
        var sound = await DemsProcess.RunAsync("statement", "verify", file, "--genesis", member.GenesisPath, "--json");
        Assert.True(sound.ExitCode == 0, sound.ToString());
        Assert.Equal((party, 115, Slots), (sound.LastLine.GetProperty("party").GetString(), sound.LastLine.GetProperty("due_units").GetInt64(), sound.LastLine.GetProperty("intervals").GetInt32()));

        var bytes = await File.ReadAllBytesAsync(file, cancellationToken);
        bytes[bytes.Length / 2] ^= 1;
        await File.WriteAllBytesAsync(file, bytes, cancellationToken);
        Assert.Equal(1, (await DemsProcess.RunAsync("statement", "verify", file, "--genesis", member.GenesisPath, "--json")).ExitCode);
    }

    /// <summary>The tariff is put to the vote; the home's party votes for it.</summary>
    private static async Task PutTariffInForceAsync(TemporaryFolder folder, MemberAlone member, string[] at, CancellationToken cancellationToken)
    {
        await File.WriteAllTextAsync(folder.File("tariff.json"), Tariff, cancellationToken);
        var opened = await DemsProcess.RunAsync(
            ["ballot", "open", "tariff", "--file", folder.File("tariff.json"), "--key", member.KeyPath, "--text", "Ten cents.", "--notice", "0", "--open-for", "86400", .. at]);
        Assert.True(opened.ExitCode == 0, opened.ToString());
        var ballot = opened.LastLine.GetProperty("id").GetString()!;
        await UntilAsync(ballot, at, "open", cancellationToken);
        foreach (var party in Directory.GetFiles(folder.File("keys"), "party*.pem"))
        {
            var vote = await DemsProcess.RunAsync(["vote", ballot, "yes", "--key", party, .. at]);
            Assert.True(vote.ExitCode == 0, vote.ToString());
        }

        member.Time.MoveTo(DateTimeOffset.UtcNow.AddDays(2));
        await UntilAsync(ballot, at, "effective", cancellationToken);
    }

    private static async Task UntilAsync(string ballot, string[] at, string phase, CancellationToken cancellationToken)
    {
        while ((await DemsProcess.RunAsync(["ballot", "show", ballot, .. at])).LastLine.GetProperty("phase").GetString() != phase)
        {
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    /// <summary>The settlement of a day once all its intervals are allocated and certified.</summary>
    private static async Task<JsonElement> ListedAsync(DateTime day, string[] at, CancellationToken cancellationToken)
    {
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var listed = await DemsProcess.RunAsync(["statement", "list", "--period", Day(day), .. at]);
            if (listed.ExitCode == 0 && listed.LastLine.GetProperty("statements").EnumerateArray().Sum(statement => statement.GetProperty("energy").GetProperty("sharedIn").GetInt64()) == 100 * Slots)
            {
                return listed.LastLine;
            }
        }
    }

    /// <summary>A local day of a home and a roof, quarter-hour by quarter-hour.</summary>
    private static async Task ImportAsync(TemporaryFolder folder, MemberAlone member, string name, DateTime day)
    {
        Assert.True(TimeZoneTables.TryMake("Europe/Vienna", out var vienna, out var error), error);
        var midnight = DateTimeOffset.FromUnixTimeSeconds(vienna.FirstSecondOf(DateOnly.FromDateTime(day), 0));
        var rows = Enumerable.Range(0, Slots).Select(slot => midnight.AddMinutes(15 * slot)).SelectMany(start => new[] { Row("home", "import", start, 300), Row("roof", "import", start, 0), Row("roof", "export", start, 100) });
        var file = folder.File($"{name}.csv");
        await File.WriteAllLinesAsync(file, ["metering_point,register,start,duration_s,quantity_wh", .. rows]);
        var imported = await DemsProcess.RunAsync("import", file, "--to", member.Address, "--pool", MemberAlone.Pool, "--keys", folder.File("keys"), "--register-with", member.KeyPath, "--json");
        Assert.True(imported.ExitCode == 0, imported.ToString());
    }

    private static string Row(string point, string register, DateTimeOffset start, int wh) => string.Create(CultureInfo.InvariantCulture, $"{point},{register},{start:yyyy-MM-ddTHH:mm:ssZ},900,{wh}");

    private static string Day(DateTime day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
