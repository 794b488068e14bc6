using System.Text.Json;
using Dems.Cli.Demo;
using Spectre.Console;

namespace Dems.Cli.Output;

/// <summary>Talks to people or to programs: live on a terminal, plain lines when piped, and with <c>--json</c> nothing on standard output but JSON.</summary>
internal sealed class Reporter(bool json)
{
    private static readonly TimeSpan PlainPeriod = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LivePeriod = TimeSpan.FromMilliseconds(200);

    /// <summary>Nodes listed after a ballot: those that it changes most.</summary>
    private const int MaxBallotNodes = 10;

    private readonly bool _live = !json && !Console.IsOutputRedirected;

    public void Line(string text)
    {
        if (json)
        {
            Console.Error.WriteLine(text);
        }
        else if (_live)
        {
            AnsiConsole.MarkupLineInterpolated($"{text}");
        }
        else
        {
            Console.Out.WriteLine(text);
        }
    }

    /// <summary>Shows a text that changes until it is disposed.</summary>
    public IDisposable Follow(Func<string> text) => new Follower(this, text);

    /// <summary>Writes one JSON object on a line of its own.</summary>
    public static void Json<T>(T value) => Console.Out.WriteLine(JsonSerializer.Serialize(value));

    public void Summary(DemoSummary summary)
    {
        if (json)
        {
            Json(summary);
            return;
        }

        (string Name, string Value)[] rows =
        [
            ("members", $"{summary.Members}"),
            ("nodes", $"{summary.Nodes}"),
            ("readings submitted", $"{summary.ReadingsSubmitted:N0}"),
            ("readings final at every member", $"{summary.ReadingsFinal:N0}"),
            ("rows refused", $"{summary.RowsRejected:N0}"),
            ("batches", $"{summary.Batches:N0}"),
            ("entries on the chain", $"{summary.Entries:N0}"),
            ("blocks", $"{summary.Blocks:N0}"),
            ("head", $"{summary.Head}"),
            ("heads agree", summary.HeadsAgree ? "yes" : "NO"),
            ("seconds", $"{summary.Seconds:F1}"),
            ("readings per second", $"{summary.ReadingsPerSecond:N0}"),
            ("time to finality", $"{summary.FinalityMsP50:F0} ms (p50), {summary.FinalityMsP99:F0} ms (p99)"),
            ("data", summary.Data),
        ];
        foreach (var (name, value) in rows)
        {
            Line($"  {name,-32}{value}");
        }

        if (summary.Ballot is { } ballot)
        {
            Ballot(ballot);
        }
    }

    private void Ballot(DemoBallotSummary ballot)
    {
        Line($"The parties voted on the rule for {ballot.Carrier}: {ballot.RuleAfter} instead of {ballot.RuleBefore}. Ballot {ballot.Id}");
        Line($"  {"decision",-32}{ballot.Decision}; {ballot.Yes} of {ballot.Electors} said yes");
        Line($"  {"in force",-32}for intervals from {ballot.EffectiveFrom:u} on");
        Line($"  {"tried on",-32}the last {ballot.Days} days: {ballot.AllocatedBeforeWh:N0} Wh shared before, {ballot.AllocatedAfterWh:N0} Wh after, conserved: {(ballot.Conserved ? "yes" : "NO")}");
        foreach (var node in ballot.Nodes.Take(MaxBallotNodes))
        {
            Line($"  {node.MeteringPoint,-32}{node.BeforeWh:N0} Wh before, {node.AfterWh:N0} Wh after ({node.AfterWh - node.BeforeWh:+#,0;-#,0})");
        }
    }

    private sealed class Follower : IDisposable
    {
        private readonly Reporter _reporter;
        private readonly Func<string> _text;
        private readonly Timer _timer;
        private string _last = "";

        public Follower(Reporter reporter, Func<string> text)
        {
            (_reporter, _text) = (reporter, text);
            var period = reporter._live ? LivePeriod : PlainPeriod;
            _timer = new Timer(_ => Show(), state: null, period, period);
        }

        public void Dispose()
        {
            using var done = new ManualResetEvent(initialState: false);
            if (_timer.Dispose(done))
            {
                done.WaitOne();
            }

            Show();
            if (_reporter._live)
            {
                Console.Out.WriteLine();
            }
        }

        private void Show()
        {
            var text = _text();
            if (text == _last)
            {
                return;
            }

            _last = text;
            if (_reporter._live)
            {
                Console.Out.Write($"\r{text}\x1b[K");
            }
            else
            {
                _reporter.Line(text);
            }
        }
    }
}
