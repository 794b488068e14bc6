using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Dems.Cli.Simulator;
using Dems.Core.Ledger.Encoding;
using Dems.Core.Ledger.Entries;

namespace Dems.Cli.Chaos;

/// <summary>
/// A bounded load of signed batches over HTTP, each to a random member and, whenever that fails, to another one, until somebody answers with a promise. Some are sent
/// again although they were promised: they must be answered alike.
/// </summary>
internal sealed class ChaosLoad : IDisposable
{
    /// <summary>Batches without a promise at once; beyond it no new ones are sent.</summary>
    private const int MaxOutstanding = 64;

    /// <summary>One of so many promised batches is sent again.</summary>
    private const int RepeatOneIn = 16;

    private static readonly TimeSpan RetryPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan RequestBound = TimeSpan.FromSeconds(10);

    private readonly BatchPlan _plan;
    private readonly PromiseReader _promises;
    private readonly IReadOnlyList<Uri> _members;
    private readonly int _rate;
    private readonly HttpClient _http;
    private readonly Lock _gate = new();
    private readonly ConcurrentQueue<Promised> _promised = new();
    private readonly ConcurrentQueue<string> _violations = new();
    private SplitMix _random;
    private int _outstanding;
    private int _retransmissions;

    public ChaosLoad(BatchPlan plan, PromiseReader promises, IReadOnlyList<Uri> members, int rate, ulong seed)
    {
        (_plan, _promises, _members, _rate) = (plan, promises, members, rate);
        _random = new SplitMix(seed);
        _http = new HttpClient(new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromSeconds(1), UseProxy = false }) { Timeout = RequestBound };
    }

    /// <summary>What was promised so far.</summary>
    public IReadOnlyCollection<Promised> Promised => _promised;

    /// <summary>Answers that no member may give.</summary>
    public IReadOnlyCollection<string> Violations => _violations;

    /// <summary>Requests beyond the first for a batch.</summary>
    public int Retransmissions => Volatile.Read(ref _retransmissions);

    /// <summary>Batches sent that nobody promised yet.</summary>
    public int Outstanding => Volatile.Read(ref _outstanding);

    /// <summary>Sends new batches until <paramref name="enough"/>, then waits for the promises that are still owed, until <paramref name="abandoned"/>.</summary>
    public async Task RunAsync(CancellationToken enough, CancellationToken abandoned)
    {
        var sending = new List<Task>();
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1) / _rate);
        try
        {
            while (await timer.WaitForNextTickAsync(enough))
            {
                sending.RemoveAll(task => task.IsCompletedSuccessfully);
                if (sending.Count < MaxOutstanding)
                {
                    sending.Add(SendAsync(_plan.Next(), abandoned));
                }
            }
        }
        catch (OperationCanceledException) when (enough.IsCancellationRequested)
        {
            // Enough new ones; the outstanding ones still count.
        }

        await Task.WhenAll(sending);
    }

    public void Dispose() => _http.Dispose();

    private async Task SendAsync(OpenedEntry entry, CancellationToken abandoned)
    {
        Interlocked.Increment(ref _outstanding);
        while (!await TrySendAsync(entry, abandoned))
        {
            if (abandoned.IsCancellationRequested)
            {
                return;
            }

            Interlocked.Increment(ref _retransmissions);
            await Task.Delay(RetryPause, CancellationToken.None);
        }

        Interlocked.Decrement(ref _outstanding);
        if (Draw(RepeatOneIn) == 0)
        {
            Interlocked.Increment(ref _retransmissions);
            await TrySendAsync(entry, abandoned);
        }
    }

    /// <summary>One request. True once the batch needs no other: it is promised, or was refused for good, which is a violation.</summary>
    private async Task<bool> TrySendAsync(OpenedEntry entry, CancellationToken abandoned)
    {
        using var content = new ReadOnlyMemoryContent(EntryCodec.MessageBytes(entry));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/cose");
        try
        {
            using var response = await _http.PostAsync(new Uri(_members[Draw(_members.Count)], "/v1/batches"), content, abandoned);
            var text = await response.Content.ReadAsStringAsync(abandoned);
            if (response.StatusCode is HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError)
            {
                return false;
            }

            if (!response.IsSuccessStatusCode)
            {
                _violations.Enqueue($"batch {entry.Content} was refused: {(int)response.StatusCode} {text}");
                return true;
            }

            using var answer = JsonDocument.Parse(text);
            if (_promises.Read(answer.RootElement, entry.Content) is not { } promised)
            {
                return false;
            }

            _promised.Enqueue(promised);
            return true;
        }
        catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException)
        {
            return false;
        }
        catch (Exception e) when (e is JsonException or InvalidDataException or KeyNotFoundException)
        {
            _violations.Enqueue($"batch {entry.Content} got an answer that cannot be relied on: {e.Message}");
            return true;
        }
    }

    private int Draw(int bound)
    {
        lock (_gate)
        {
            return (int)_random.Between(0, bound - 1);
        }
    }
}
