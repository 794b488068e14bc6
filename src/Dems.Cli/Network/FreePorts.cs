using System.Net;
using System.Net.Sockets;

namespace Dems.Cli.Network;

/// <summary>Ports of loopback that nobody uses now.</summary>
internal static class FreePorts
{
    /// <summary>Takes distinct ports all at once and lets them go again.</summary>
    public static int[] Take(int count)
    {
        var listeners = Enumerable.Range(0, count).Select(_ => new TcpListener(IPAddress.Loopback, 0)).ToList();
        listeners.ForEach(listener => listener.Start());
        int[] ports = [.. listeners.Select(listener => ((IPEndPoint)listener.LocalEndpoint).Port)];
        listeners.ForEach(listener => listener.Dispose());
        return ports;
    }
}
