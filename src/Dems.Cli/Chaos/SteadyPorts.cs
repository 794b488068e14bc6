using System.Net;
using System.Net.Sockets;

namespace Dems.Cli.Chaos;

/// <summary>
/// Ports of loopback for processes that come and go. They lie below the range from which operating systems take ports for outgoing connections (from 32,768 on
/// Linux): nobody is given a member's port while it is down, and an attempt to reach a dead member cannot meet itself.
/// </summary>
internal static class SteadyPorts
{
    private const int First = 20_000;
    private const int Last = 32_000;

    /// <summary>Distinct ports that are free now. Processes look in different places first.</summary>
    public static int[] Take(int count)
    {
        var ports = new List<int>(count);
        var start = Environment.ProcessId * 61 % (Last - First);
        for (var i = 0; i < Last - First && ports.Count < count; i++)
        {
            var port = First + (start + i) % (Last - First);
            if (IsFree(port))
            {
                ports.Add(port);
            }
        }

        return ports.Count == count ? [.. ports] : throw new CommandException(ExitCodes.Unavailable, $"Fewer than {count} ports in {First} to {Last} are free.");
    }

    private static bool IsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
