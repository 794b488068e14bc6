using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Threading.Channels;
using Dems.Grains.Peers;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace Dems.Grains.Tests.Peers;

/// <summary>Endpoint and transport against each other over real loopback HTTP/2.</summary>
public sealed class PeerLinkTests
{
    [Fact]
    public async Task Frames_OfEverySize_ArriveUnchanged()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var sender = await Sender.StartAsync(receiver.Address);
        byte[][] sent = [Bytes(1, 10), Bytes(2, 16 * 1024), Bytes(3, 16 * 1024 + 1), Bytes(4, 3 * 1024 * 1024)];
        foreach (var frame in sent)
        {
            sender.Transport.Send(1, frame);
        }

        var received = new HashSet<string>(StringComparer.Ordinal);
        while (received.Count < sent.Length)
        {
            received.Add(Convert.ToHexString((await receiver.NextAsync()).Span));
        }

        Assert.Equal(sent.Select(Convert.ToHexString).Order(StringComparer.Ordinal), received.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Frames_ForOneselfOrAnUnknownMember_GoNowhere()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var sender = await Sender.StartAsync(receiver.Address);
        sender.Transport.Send(0, Bytes(1, 10));
        sender.Transport.Send(7, Bytes(2, 10));
        sender.Transport.Send(1, Bytes(3, 10));
        Assert.Equal(3, (await receiver.NextAsync()).Span[0]);
    }

    [Fact]
    public async Task Peer_StartsLate_GetsWhatIsSentAfterIt()
    {
        var port = FreePort();
        await using var sender = await Sender.StartAsync(new Uri($"http://127.0.0.1:{port}"));
        sender.Transport.Send(1, Bytes(1, 10));
        await using var receiver = await Receiver.StartAsync(port);
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        var next = receiver.NextAsync(deadline.Token);
        while (!next.IsCompleted)
        {
            sender.Transport.Send(1, Bytes(2, 10));
            await Task.WhenAny(next, Task.Delay(TimeSpan.FromMilliseconds(20), deadline.Token));
        }

        Assert.Equal(10, (await next).Length);
    }

    [Fact]
    public async Task Peer_Busy_SlowsTheSenderAndLaterFramesStillArrive()
    {
        await using var receiver = await Receiver.StartAsync();
        receiver.Answers.Enqueue(FrameOutcome.Busy);
        await using var sender = await Sender.StartAsync(receiver.Address);
        sender.Transport.Send(1, Bytes(1, 10));
        Assert.Equal(1, (await receiver.NextAsync()).Span[0]);
        sender.Transport.Send(1, Bytes(2, 10));
        Assert.Equal(2, (await receiver.NextAsync()).Span[0]);
    }

    [Theory]
    [InlineData("POST", "/peer/v1/frames", "application/cbor-seq", "4101", HttpStatusCode.NoContent)]
    [InlineData("POST", "/peer/v1/frames", "application/cbor-seq", "01", HttpStatusCode.BadRequest)]
    [InlineData("POST", "/peer/v1/frames", "application/json", "4101", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("PUT", "/peer/v1/frames", "application/cbor-seq", "4101", HttpStatusCode.MethodNotAllowed)]
    [InlineData("POST", "/v1/batches", "application/cbor-seq", "4101", HttpStatusCode.NotFound)]
    public async Task Endpoint_Request_IsAnsweredByRule(string method, string path, string type, string body, HttpStatusCode expected)
    {
        await using var receiver = await Receiver.StartAsync();
        Assert.Equal(expected, await receiver.SendAsync(method, path, type, Convert.FromHexString(body), HttpVersion.Version20));
    }

    [Fact]
    public async Task Endpoint_RequestTooLarge_IsRefusedBeforeItIsRead()
    {
        await using var receiver = await Receiver.StartAsync(maxRequestBytes: 1_000);
        Assert.Equal(
            HttpStatusCode.RequestEntityTooLarge,
            await receiver.SendAsync("POST", PeerEndpoint.Path, "application/cbor-seq", new byte[2_000], HttpVersion.Version20));
    }

    [Fact]
    public async Task Endpoint_Http11_IsNotSpoken()
    {
        await using var receiver = await Receiver.StartAsync();
        var answer = await receiver.SendAsync("POST", PeerEndpoint.Path, "application/cbor-seq", Convert.FromHexString("4101"), HttpVersion.Version11);
        Assert.Equal(HttpStatusCode.BadRequest, answer);
        Assert.Equal(0, receiver.Count);
    }

    private static byte[] Bytes(byte first, int length)
    {
        var bytes = new byte[length];
        new Random(first).NextBytes(bytes);
        bytes[0] = first;
        return bytes;
    }

    private static int FreePort()
    {
        using var listener = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private sealed class Receiver : IFrameSink, IAsyncDisposable
    {
        private readonly Channel<ReadOnlyMemory<byte>> _received = Channel.CreateUnbounded<ReadOnlyMemory<byte>>();
        private readonly PeerEndpoint _endpoint;

        private Receiver(int port, int maxRequestBytes)
        {
            var options = new PeerEndpointOptions { Port = port, MaxRequestBytes = maxRequestBytes };
            _endpoint = new PeerEndpoint(options, this, NullLoggerFactory.Instance);
        }

        public ConcurrentQueue<FrameOutcome> Answers { get; } = new();

        public int Count => _received.Reader.Count;

        public Uri Address => new($"http://127.0.0.1:{_endpoint.Port}");

        public static async Task<Receiver> StartAsync(int port = 0, int maxRequestBytes = 32 * 1024 * 1024)
        {
            var receiver = new Receiver(port, maxRequestBytes);
            await receiver._endpoint.StartAsync(CancellationToken.None);
            return receiver;
        }

        public Task<FrameOutcome> AcceptAsync(ReadOnlyMemory<byte> frame, CancellationToken cancellationToken)
        {
            _received.Writer.TryWrite(frame);
            return Task.FromResult(Answers.TryDequeue(out var answer) ? answer : FrameOutcome.Accepted);
        }

        public Task<ReadOnlyMemory<byte>> NextAsync(CancellationToken cancellationToken = default) => _received.Reader.ReadAsync(cancellationToken).AsTask();

        public async Task<HttpStatusCode> SendAsync(string method, string path, string type, byte[] body, Version version)
        {
            using var client = new HttpClient();
            using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(Address, path))
            {
                Version = version,
                VersionPolicy = HttpVersionPolicy.RequestVersionExact,
                Content = new ByteArrayContent(body),
            };
            request.Content.Headers.ContentType = new MediaTypeHeaderValue(type);
            using var response = await client.SendAsync(request);
            return response.StatusCode;
        }

        public ValueTask DisposeAsync() => _endpoint.DisposeAsync();
    }

    private sealed class Sender : IAsyncDisposable
    {
        private Sender(Uri peer)
        {
            var peers = new Dictionary<int, Uri> { [1] = peer };
            Transport = new HttpPeerTransport(peers, new PeerTransportOptions(), TimeProvider.System, NullLogger<HttpPeerTransport>.Instance);
        }

        public HttpPeerTransport Transport { get; }

        public static async Task<Sender> StartAsync(Uri peer)
        {
            var sender = new Sender(peer);
            await sender.Transport.StartAsync(CancellationToken.None);
            return sender;
        }

        public async ValueTask DisposeAsync()
        {
            await Transport.StopAsync(CancellationToken.None);
            Transport.Dispose();
        }
    }
}
