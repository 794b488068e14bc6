using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Dems.Contracts.Queries;
using Dems.Contracts.Submission;
using Dems.Core.Allocation;
using Dems.Core.Allocation.Encoding;
using Dems.Core.Energy;
using Dems.Core.Ledger;
using Dems.Core.Ledger.Encoding;
using Dems.Core.Ledger.Entries;

namespace Dems.Cli.Client;

/// <summary>A member over HTTP, as any device or back office would use it.</summary>
internal sealed class MemberClient : IEntrySubmitter, ILedgerReader, IDisposable
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);
    private static readonly TimeSpan PollPeriod = TimeSpan.FromMilliseconds(100);

    private readonly HttpClient _http;
    private readonly string _pool;

    public MemberClient(Uri address, string pool)
    {
        _pool = pool;
        _http = new HttpClient { BaseAddress = address, Timeout = TimeSpan.FromSeconds(30) };
    }

    public async Task<IReadOnlyList<ChainView>> ChainsAsync(CancellationToken cancellationToken) =>
        (await _http.GetFromJsonAsync<ItemList<ChainView>>("/v1/chains", Json, cancellationToken))?.Items ?? [];

    public async Task<HeadView?> HeadAsync(CancellationToken cancellationToken) => await GetOrNullAsync<HeadView>($"/v1/chains/{Uri.EscapeDataString(_pool)}/head", cancellationToken);

    public async Task<BlockView?> BlockAsync(long height, CancellationToken cancellationToken) =>
        await GetOrNullAsync<BlockView>($"/v1/chains/{Uri.EscapeDataString(_pool)}/blocks/{height.ToString(CultureInfo.InvariantCulture)}", cancellationToken);

    public async Task<IReadOnlyList<SubmitResult>> SubmitAsync(IReadOnlyList<OpenedEntry> entries, SubmitWait wait, CancellationToken cancellationToken)
    {
        using var content = new ByteArrayContent([.. entries.SelectMany(entry => EntryCodec.MessageBytes(entry).ToArray())]);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/cose");
        try
        {
            using var response = await _http.PostAsync($"/v1/batches?wait={(wait == SubmitWait.Local ? "local" : "promise")}", content, cancellationToken);
            using var answer = await JsonDocument.ParseAsync(await response.Content.ReadAsStreamAsync(cancellationToken), cancellationToken: cancellationToken);
            return AnswersOf(answer.RootElement, entries, response.StatusCode);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or JsonException || (e is TaskCanceledException && !cancellationToken.IsCancellationRequested))
        {
            // What was stored before the line broke is recognised when it is sent again.
            return All(entries, SubmitOutcome.Busy, e.Message);
        }
    }

    public async Task<NodeAddress?> FindMeteringPointAsync(string id, CancellationToken cancellationToken)
    {
        var node = await GetOrNullAsync<NodeView>($"/v1/chains/{Uri.EscapeDataString(_pool)}/node?meteringPoint={Uri.EscapeDataString(id)}", cancellationToken);
        return node is not null && NodeAddress.TryParse(node.Address, out var address, out _) ? address : null;
    }

    public async Task WaitFinalAsync(ContentId content, CancellationToken cancellationToken)
    {
        while (await GetOrNullAsync<EntryView>($"/v1/chains/{Uri.EscapeDataString(_pool)}/entries/{content}", cancellationToken) is null)
        {
            await Task.Delay(PollPeriod, cancellationToken);
        }
    }

    /// <summary>Waits until an entry is final and it is known what became of it.</summary>
    public async Task<EntryView> OutcomeAsync(ContentId content, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (await GetOrNullAsync<EntryView>($"/v1/chains/{Uri.EscapeDataString(_pool)}/entries/{content}", cancellationToken) is { Outcome: not null } entry)
            {
                return entry;
            }

            await Task.Delay(PollPeriod, cancellationToken);
        }
    }

    /// <summary>The pool's ballots, the newest first.</summary>
    public IAsyncEnumerable<BallotView> BallotsAsync(CancellationToken cancellationToken) => PagesAsync<BallotView>($"chains/{Uri.EscapeDataString(_pool)}/ballots", cancellationToken);

    /// <summary>The pool's nodes in the order of registration.</summary>
    public IAsyncEnumerable<NodeView> PoolNodesAsync(CancellationToken cancellationToken) => PagesAsync<NodeView>($"pools/{Uri.EscapeDataString(_pool)}/nodes", cancellationToken);

    /// <summary>How the pool shares.</summary>
    public async Task<PoolView> PoolAsync(CancellationToken cancellationToken)
    {
        using var response = await SendAsync(() => _http.GetAsync($"/v1/pools/{Uri.EscapeDataString(_pool)}", cancellationToken));
        return await ReadAsync<PoolView>(response, cancellationToken);
    }

    /// <summary>What has to be chased.</summary>
    public async Task<IReadOnlyList<MissingView>> MissingAsync(string carrier, int days, CancellationToken cancellationToken)
    {
        using var response = await SendAsync(
            () => _http.GetAsync($"/v1/pools/{Uri.EscapeDataString(_pool)}/missing?carrier={Uri.EscapeDataString(carrier)}&days={days}", cancellationToken));
        return (await ReadAsync<ItemList<MissingView>>(response, cancellationToken)).Items;
    }

    /// <summary>A ballot; null if there is none.</summary>
    public async Task<BallotView?> BallotAsync(string ballot, CancellationToken cancellationToken) =>
        await GetOrNullAsync<BallotView>($"/v1/chains/{Uri.EscapeDataString(_pool)}/ballots/{Uri.EscapeDataString(ballot)}", cancellationToken);

    /// <summary>The tally of a ballot with its proof; null if there is none, or none yet.</summary>
    public async Task<TallyProofView?> TallyProofAsync(string ballot, CancellationToken cancellationToken)
    {
        using var response = await _http.GetAsync($"/v1/chains/{Uri.EscapeDataString(_pool)}/ballots/{Uri.EscapeDataString(ballot)}/tally", cancellationToken);
        if (response.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.ServiceUnavailable)
        {
            return null;
        }

        response.EnsureSuccessStatusCode();
        return await response.Content.ReadFromJsonAsync<TallyProofView>(Json, cancellationToken);
    }

    /// <summary>The rule that a ballot proposes, tried on the pool's last days.</summary>
    public async Task<TrialView> TrialAsync(string ballot, int days, CancellationToken cancellationToken)
    {
        using var response = await SendAsync(
            () => _http.GetAsync($"/v1/chains/{Uri.EscapeDataString(_pool)}/ballots/{Uri.EscapeDataString(ballot)}/trial?days={days}", cancellationToken));
        return await ReadAsync<TrialView>(response, cancellationToken);
    }

    /// <summary>A policy, tried on the pool's last days.</summary>
    public async Task<TrialView> TrialAsync(AllocationPolicy policy, string carrier, int days, CancellationToken cancellationToken)
    {
        using var content = new StringContent(PolicyJson.Write(policy), MediaTypeHeaderValue.Parse("application/json"));
        using var response = await SendAsync(
            () => _http.PostAsync($"/v1/chains/{Uri.EscapeDataString(_pool)}/trials?carrier={Uri.EscapeDataString(carrier)}&days={days}", content, cancellationToken));
        return await ReadAsync<TrialView>(response, cancellationToken);
    }

    public void Dispose() => _http.Dispose();

    private static List<SubmitResult> AnswersOf(JsonElement answer, IReadOnlyList<OpenedEntry> entries, HttpStatusCode status)
    {
        if (answer.TryGetProperty("entries", out var list) && list.GetArrayLength() == entries.Count)
        {
            return [.. list.EnumerateArray().Select((item, i) => ResultOf(item, entries[i]))];
        }

        return All(entries, SubmitOutcome.Busy, $"HTTP {(int)status}: {TextOf(answer, "detail")}");
    }

    private static SubmitResult ResultOf(JsonElement item, OpenedEntry entry)
    {
        var repeated = item.TryGetProperty("repeated", out var flag) && flag.GetBoolean();
        var outcome = TextOf(item, "outcome") switch
        {
            "stored" or "promised" or "final" => repeated ? SubmitOutcome.Duplicate : SubmitOutcome.Stored,
            "unpromised" => SubmitOutcome.Unpromised,
            "sequence-taken" => SubmitOutcome.SequenceTaken,
            "invalid" or "too-large" or "refused" => SubmitOutcome.Refused,
            _ => SubmitOutcome.Busy,
        };
        return new SubmitResult(outcome, entry.Content.ToString())
        {
            Field = TextOf(item, "field"),
            Reason = item.TryGetProperty("position", out var position) && position.TryGetProperty("result", out var result)
                ? TextOf(result, "reason")
                : TextOf(item, "reason"),
        };
    }

    private async IAsyncEnumerable<T> PagesAsync<T>(string list, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string? cursor = null;
        do
        {
            using var response = await SendAsync(() => _http.GetAsync($"/v1/{list}{(cursor is null ? "" : $"?cursor={cursor}")}", cancellationToken));
            var page = await ReadAsync<Page<T>>(response, cancellationToken);
            foreach (var item in page.Items)
            {
                yield return item;
            }

            cursor = page.Next;
        }
        while (cursor is not null);
    }

    private static async Task<HttpResponseMessage> SendAsync(Func<Task<HttpResponseMessage>> send)
    {
        try
        {
            return await send();
        }
        catch (HttpRequestException e)
        {
            throw new CommandException(ExitCodes.Unavailable, $"The member does not answer: {e.Message}");
        }
    }

    /// <summary>An answer, or what the member says is wrong.</summary>
    private static async Task<T> ReadAsync<T>(HttpResponseMessage response, CancellationToken cancellationToken)
        where T : class
    {
        if (response.IsSuccessStatusCode)
        {
            return await response.Content.ReadFromJsonAsync<T>(Json, cancellationToken) ?? throw new CommandException(ExitCodes.Unavailable, "The member's answer is empty.");
        }

        using var problem = JsonDocument.Parse(await response.Content.ReadAsStringAsync(cancellationToken));
        var exitCode = response.StatusCode switch
        {
            HttpStatusCode.BadRequest => ExitCodes.Usage,
            HttpStatusCode.NotFound => ExitCodes.Failed,
            _ => ExitCodes.Unavailable,
        };
        throw new CommandException(exitCode, TextOf(problem.RootElement, "detail"));
    }

    private static string TextOf(JsonElement item, string name) => item.TryGetProperty(name, out var text) ? text.GetString() ?? "" : "";

    private static List<SubmitResult> All(IReadOnlyList<OpenedEntry> entries, SubmitOutcome outcome, string reason) =>
        [.. entries.Select(entry => new SubmitResult(outcome, entry.Content.ToString()) { Reason = reason })];

    private async Task<T?> GetOrNullAsync<T>(string path, CancellationToken cancellationToken)
        where T : class
    {
        using var response = await _http.GetAsync(path, cancellationToken);
        if (response.StatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }

        response.EnsureSuccessStatusCode();
        return await response.Content.ReadFromJsonAsync<T>(Json, cancellationToken);
    }

    private sealed record ItemList<T>(IReadOnlyList<T> Items);

    private sealed record Page<T>(IReadOnlyList<T> Items, string? Next);
}
