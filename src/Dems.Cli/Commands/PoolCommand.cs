using System.CommandLine;
using System.Text.Json;
using Dems.Cli.Governance;
using Dems.Cli.Output;
using Dems.Contracts.Queries;

namespace Dems.Cli.Commands;

/// <summary><c>dems pool</c>: who shares what now, by which rule, with what balance, and what is missing.</summary>
internal static class PoolCommand
{
    public static Command Create()
    {
        var carrier = new Option<string>("--carrier") { Description = "The carrier whose missing readings are listed.", DefaultValueFactory = _ => "electricity" };
        var days = new Option<int>("--days") { Description = $"How many of the newest days to look for missing readings, 1 to {IPoolQueries.MaxDays}.", DefaultValueFactory = _ => 7 };
        days.Validators.Add(CommandLine.InRange(days, 1, IPoolQueries.MaxDays));
        var member = new MemberOptionsGroup();
        var command = new Command("pool", "Shows who shares what, by which rules, what the intervals gave and which readings are missing.") { carrier, days };
        member.AddTo(command);
        command.SetAction((result, cancellationToken) => CommandLine.GuardAsync(async () =>
        {
            using var client = member.Connect(result);
            var pool = await client.PoolAsync(cancellationToken);
            var nodes = new List<NodeView>();
            await foreach (var node in client.PoolNodesAsync(cancellationToken))
            {
                nodes.Add(node);
            }

            var missing = await client.MissingAsync(result.GetValue(carrier)!, result.GetValue(days), cancellationToken);
            if (result.GetValue(member.Json))
            {
                Reporter.Json(JsonSerializer.SerializeToElement(
                    new { pool = pool.Pool, policies = pool.Policies, balance = pool.Balance, graceSeconds = pool.GraceSeconds, windowSeconds = pool.WindowSeconds, nodes, missing },
                    JsonSerializerOptions.Web));
            }
            else
            {
                Print(pool, nodes, missing);
            }

            return pool.Balance.IsConserved ? ExitCodes.Success : ExitCodes.Failed;
        }));
        return command;
    }

    private static void Print(PoolView pool, List<NodeView> nodes, IReadOnlyList<MissingView> missing)
    {
        var reporter = new Reporter(json: false);
        var balance = pool.Balance;
        reporter.Line($"pool {pool.Pool}: {nodes.Count} nodes");
        foreach (var policy in pool.Policies)
        {
            var since = policy.From == DateTimeOffset.UnixEpoch ? "from the start" : $"from {policy.From:u}";
            reporter.Line($"  {policy.Carrier}  {policy.Rule} on {policy.Basis}, producers {policy.Producers}, own use {policy.Self}, {policy.IntervalSeconds / 60} min, {since}");
        }

        reporter.Line($"balance of {balance.Intervals} intervals: {balance.Allocated} Wh shared, {balance.Exported} Wh fed in, {balance.Grid} Wh from the grid; conserved: {(balance.IsConserved ? "yes" : "NO")}");
        foreach (var node in nodes)
        {
            var until = node.ValidUntil is { } end ? $" until {end:u}" : "";
            reporter.Line($"  {node.MeteringPoint}  {node.Address}  {string.Join(", ", node.Sources.Select(TextOf))}; party {node.Party}, from {node.ValidFrom:u}{until}");
        }

        reporter.Line(missing.Count == 0 ? "nothing is missing" : $"{missing.Count} registers have gaps:");
        foreach (var item in missing)
        {
            reporter.Line($"  {item.MeteringPoint}  {item.Register}: {item.Intervals} intervals from {item.From:u} to {item.Until:u}");
        }
    }

    private static string TextOf(SourceView source) =>
        $"{source.Kind} ({source.Carrier}{(source.PowerLimitW > 0 ? $", {source.PowerLimitW} W" : "")}{(source.MaxEnergyWh > 0 ? $", max {source.MaxEnergyWh} Wh, beyond it shared" : "")})";
}
