using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
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

    [Fact]
    public async Task Tls_RootIsTrusted_FramesArrive()
    {
        using var certificate = SelfSigned();
        await using var receiver = await Receiver.StartAsync(certificate: certificate);
        await using var sender = await Sender.StartAsync(receiver.Address, PeerTrust.HandlerFor([certificate]));
        sender.Transport.Send(1, Bytes(9, 20_000));
        Assert.Equal(20_000, (await receiver.NextAsync()).Length);
    }

    [Fact]
    public async Task Tls_AnotherRootIsTrusted_NothingIsSent()
    {
        using var certificate = SelfSigned();
        using var other = SelfSigned();
        await using var receiver = await Receiver.StartAsync(certificate: certificate);
        using var client = new HttpClient(PeerTrust.HandlerFor([other]));
        using var content = new ByteArrayContent([0x41, 1]);
        await Assert.ThrowsAsync<HttpRequestException>(() => client.PostAsync(new Uri(receiver.Address, PeerEndpoint.Path), content));
        Assert.Equal(0, receiver.Count);
    }

    [Fact]
    public async Task Peer_LostAndHeardAgain_IsTriedAtOnce()
    {
        using var line = new DeadAtFirst();
        var patient = new PeerTransportOptions { FirstPause = TimeSpan.FromDays(1), LongestPause = TimeSpan.FromDays(1) };
        using var transport = new HttpPeerTransport(
            new Dictionary<int, Uri> { [1] = new("http://peer") }, patient, TimeProvider.System, NullLogger<HttpPeerTransport>.Instance, line);
        await transport.StartAsync(CancellationToken.None);
        transport.Send(1, Bytes(1, 10));
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        Assert.Equal(1, await line.Requests.Reader.ReadAsync(deadline.Token));
        transport.Send(1, Bytes(2, 10));
        var second = line.Requests.Reader.ReadAsync(deadline.Token).AsTask();
        while (!second.IsCompleted)
        {
            transport.PeerSpoke(1);
            await Task.WhenAny(second, Task.Delay(TimeSpan.FromMilliseconds(5), deadline.Token));
        }

        Assert.Equal(2, await second);
        await transport.StopAsync(CancellationToken.None);
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

    private static X509Certificate2 SelfSigned()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=peer", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
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

        private readonly string _scheme;

        private Receiver(int port, int maxRequestBytes, X509Certificate2? certificate)
        {
            _scheme = certificate is null ? "http" : "https";
            var options = new PeerEndpointOptions { Port = port, MaxRequestBytes = maxRequestBytes, Certificate = certificate };
            _endpoint = new PeerEndpoint(options, this, NullLoggerFactory.Instance);
        }

        public ConcurrentQueue<FrameOutcome> Answers { get; } = new();

        public int Count => _received.Reader.Count;

        public Uri Address => new($"{_scheme}://127.0.0.1:{_endpoint.Port}");

        public static async Task<Receiver> StartAsync(int port = 0, int maxRequestBytes = 32 * 1024 * 1024, X509Certificate2? certificate = null)
        {
            var receiver = new Receiver(port, maxRequestBytes, certificate);
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

    /// <summary>A network on which nobody answers the first request.</summary>
    private sealed class DeadAtFirst : HttpMessageHandler
    {
        private int _count;

        /// <summary>Numbers of the requests that were tried, from 1.</summary>
        public Channel<int> Requests { get; } = Channel.CreateUnbounded<int>();

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var number = Interlocked.Increment(ref _count);
            Requests.Writer.TryWrite(number);
            return number == 1
                ? Task.FromException<HttpResponseMessage>(new HttpRequestException("Connection refused"))
                : Task.FromResult(new HttpResponseMessage(HttpStatusCode.NoContent));
        }
    }

    private sealed class Sender : IAsyncDisposable
    {
        private Sender(Uri peer, HttpMessageHandler? handler)
        {
            var peers = new Dictionary<int, Uri> { [1] = peer };
            Transport = new HttpPeerTransport(peers, new PeerTransportOptions(), TimeProvider.System, NullLogger<HttpPeerTransport>.Instance, handler);
        }

        public HttpPeerTransport Transport { get; }

        public static async Task<Sender> StartAsync(Uri peer, HttpMessageHandler? handler = null)
        {
            var sender = new Sender(peer, handler);
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
