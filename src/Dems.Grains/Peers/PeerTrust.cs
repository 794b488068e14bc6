using System.Security.Cryptography.X509Certificates;

namespace Dems.Grains.Peers;

/// <summary>Trust in peers' TLS certificates by the roots that the operators exchanged. Who speaks is decided by the frames' signatures; TLS hides the talk.</summary>
internal static class PeerTrust
{
    /// <summary>A handler that accepts only certificates that chain to these roots.</summary>
    public static SocketsHttpHandler HandlerFor(X509Certificate2Collection roots)
    {
        var handler = HttpPeerTransport.NewHandler();
        handler.SslOptions.CertificateChainPolicy = PolicyOf(roots);
        return handler;
    }

    private static X509ChainPolicy PolicyOf(X509Certificate2Collection roots)
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.AddRange(roots);
        return policy;
    }
}
