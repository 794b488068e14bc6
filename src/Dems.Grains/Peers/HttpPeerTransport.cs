using System.Buffers;
using System.Net;
using System.Net.Http.Headers;
using Dems.Replication.Ports;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Dems.Grains.Peers;

/// <summary>
/// Sends frames to peers over HTTP/2: two lanes per peer, one request at a time in each, several frames per request. A failed request is not repeated: the
/// replica repeats what still matters, and a copy kept here would only be older.
/// </summary>
public sealed class HttpPeerTransport : IPeerTransport, IHostedService, IDisposable
{
    private readonly Dictionary<int, Peer> _peers;
    private readonly HttpClient _client;
    private readonly PeerTransportOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<HttpPeerTransport> _log;
    private readonly CancellationTokenSource _stopping = new();
    private readonly List<Task> _loops = [];

    /// <summary>Knows the peers' base addresses by member index; the own index is not among them. <paramref name="handler"/> replaces the network (custom trust, tests).</summary>
    public HttpPeerTransport(
        IReadOnlyDictionary<int, Uri> peers,
        PeerTransportOptions options,
        TimeProvider time,
        ILogger<HttpPeerTransport> log,
        HttpMessageHandler? handler = null)
    {
        _options = options;
        _time = time;
        _log = log;
        _peers = peers.ToDictionary(p => p.Key, p => new Peer(p.Key, new Uri(p.Value, PeerEndpoint.Path), options));
        _client = new HttpClient(handler ?? NewHandler(), disposeHandler: handler is null)
        {
            DefaultRequestVersion = HttpVersion.Version20,
            DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Timeout = options.RequestTimeout,
        };
    }

    /// <inheritdoc/>
    public void Send(int member, ReadOnlyMemory<byte> frame)
    {
        if (_peers.TryGetValue(member, out var peer))
        {
            (frame.Length <= _options.QuickFrameBytes ? peer.Quick : peer.Bulk).Add(frame);
        }
    }

    /// <summary>A frame of this member came in, so it is up: whoever waits to try it again need not wait any longer.</summary>
    public void PeerSpoke(int member)
    {
        if (_peers.TryGetValue(member, out var peer))
        {
            peer.Wake();
        }
    }

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var peer in _peers.Values)
        {
            _loops.Add(SendLoopAsync(peer, peer.Quick, _stopping.Token));
            _loops.Add(SendLoopAsync(peer, peer.Bulk, _stopping.Token));
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync();
        await Task.WhenAll(_loops).WaitAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _client.Dispose();
        _stopping.Dispose();
        foreach (var peer in _peers.Values)
        {
            peer.Quick.Dispose();
            peer.Bulk.Dispose();
        }
    }

    internal static SocketsHttpHandler NewHandler() => new()
    {
        ConnectTimeout = TimeSpan.FromSeconds(2),
        EnableMultipleHttp2Connections = false,
        KeepAlivePingDelay = TimeSpan.FromSeconds(5),
        KeepAlivePingTimeout = TimeSpan.FromSeconds(3),
        PooledConnectionIdleTimeout = Timeout.InfiniteTimeSpan,
        UseProxy = false,
        UseCookies = false,
        AllowAutoRedirect = false,
    };

    private async Task SendLoopAsync(Peer peer, PeerLane lane, CancellationToken stopping)
    {
        var pause = _options.FirstPause;
        try
        {
            while (true)
            {
                var frames = await lane.TakeAsync(_options.MaxFramesPerRequest, _options.MaxRequestBytes, stopping);
                if (await TryPostAsync(peer, frames, stopping))
                {
                    pause = _options.FirstPause;
                    continue;
                }

                await peer.PauseAsync(pause, _time, stopping);
                pause = pause * 2 < _options.LongestPause ? pause * 2 : _options.LongestPause;
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The transport stops; what is still queued is the replica's to repeat after the next start.
        }
    }

    private async Task<bool> TryPostAsync(Peer peer, List<ReadOnlyMemory<byte>> frames, CancellationToken stopping)
    {
        var body = new ArrayBufferWriter<byte>(frames.Sum(f => f.Length + 5));
        foreach (var frame in frames)
        {
            FrameSequence.Write(body, frame.Span);
        }

        using var content = new ReadOnlyMemoryContent(body.WrittenMemory);
        content.Headers.ContentType = new MediaTypeHeaderValue(FrameSequence.MediaType);
        try
        {
            using var response = await _client.PostAsync(peer.Address, content, stopping);

            // A refusal (400) is a disagreement, not an overload: pausing would not mend it.
            var reached = response.IsSuccessStatusCode || response.StatusCode == HttpStatusCode.BadRequest;
            peer.Note(_log, reached, $"answered {(int)response.StatusCode}");
            return reached;
        }
        catch (Exception e) when (e is HttpRequestException or IOException || (e is OperationCanceledException && !stopping.IsCancellationRequested))
        {
            peer.Note(_log, reached: false, e.Message);
            peer.Lost();
            return false;
        }
    }

    private sealed class Peer(int member, Uri address, PeerTransportOptions options)
    {
        private TaskCompletionSource _awake = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _unreachable;
        private volatile bool _everReached;
        private int _lost;

        public Uri Address => address;

        public PeerLane Quick { get; } = new(options.MaxFrames, options.MaxLaneBytes);

        public PeerLane Bulk { get; } = new(options.MaxFrames, options.MaxLaneBytes);

        /// <summary>Waits before the next attempt, unless the peer shows up meanwhile.</summary>
        public async Task PauseAsync(TimeSpan pause, TimeProvider time, CancellationToken stopping)
        {
            try
            {
                await Volatile.Read(ref _awake).Task.WaitAsync(pause, time, stopping);
            }
            catch (TimeoutException)
            {
                // It did not.
            }
        }

        /// <summary>It could not be reached at all, unlike one that answers that it is busy.</summary>
        public void Lost() => Volatile.Write(ref _lost, 1);

        /// <summary>Ends the pauses of both lanes if the peer was lost. One that speaks but takes nothing is still given time.</summary>
        public void Wake()
        {
            if (Interlocked.Exchange(ref _lost, 0) == 1)
            {
                Interlocked.Exchange(ref _awake, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();
            }
        }

        /// <summary>Logs a change once, not every attempt. A peer that was never reached may still be starting: that is no warning.</summary>
        public void Note(ILogger log, bool reached, string reason)
        {
            if (reached)
            {
                _everReached = true;
                if (Interlocked.Exchange(ref _unreachable, 0) == 1)
                {
                    log.LogInformation("Peer {Member} is reachable", member);
                }
            }
            else if (Interlocked.Exchange(ref _unreachable, 1) == 0)
            {
                log.Log(_everReached ? LogLevel.Warning : LogLevel.Information, "Peer {Member} does not take frames: {Reason}", member, reason);
            }
        }
    }
}
