using Dems.Replication.Machine;
using Dems.Replication.Ports;
using Dems.Replication.Protocol;
using Dems.Simulation.Network;
using Dems.Simulation.Nodes;
using Dems.Simulation.Storage;
using Dems.Simulation.World;

namespace Dems.Simulation.Faults;

/// <summary>Makes what the scenario holds happen, at times that the seed chooses, until the faults end.</summary>
internal sealed class FaultInjector(
    EventLoop loop, Trace trace, SimulationRandom random, Scenario scenario, SimulatedNetwork network, IReadOnlyList<SimulatedReplica> replicas)
{
    private readonly Dictionary<int, DiskImage> _backups = [];
    private readonly HashSet<int> _damageDue = [];
    private bool _over;

    /// <summary>Faults that happened.</summary>
    public int Count { get; private set; }

    public void Begin()
    {
        (network.DropPermille, network.DuplicatePermille) = (scenario.DropPermille, scenario.DuplicatePermille);
        (network.LatePermille, network.MaxDelayMs) = (scenario.LatePermille, scenario.MaxDelayMs);
        foreach (var replica in replicas)
        {
            replica.Clock.OffsetMs = random.Between(-scenario.MaxSkewMs, scenario.MaxSkewMs);
            replica.Clock.DriftPpm = random.Between(-scenario.MaxDriftPpm, scenario.MaxDriftPpm);
        }

        Repeat(scenario.Crashes, () => Crash(random.Pick(replicas)));
        Repeat(scenario.Outages, FailPower);
        Repeat(scenario.Partitions, Partition);
        Repeat(scenario.Blackouts, BlackOut);
        Repeat(scenario.FullDisks, FillDisk);
        Repeat(scenario.MaxSkewMs > 0 ? 1 : 0, () => Set(random.Pick(replicas), scenario.MaxSkewMs));
        foreach (var (member, _) in scenario.Damaged)
        {
            var at = random.Between(300, (int)scenario.ActiveMs * 4 / 5);
            At(at * random.Between(100, 900) / 1_000, () => _backups[member] = replicas[member].Disk.Image.Copy());
            At(at, () => CrashAndDamage(member));
        }

        At((int)scenario.ActiveMs, End);
    }

    /// <summary>A process died: its disk is damaged if that is due, and it is started again.</summary>
    public void Crashed(int member)
    {
        if (_damageDue.Remove(member))
        {
            Damage(replicas[member], scenario.Damaged[member]);
        }

        loop.After(random.Between(20_000, random.Chance(700) ? 400_000 : 3_000_000), replicas[member].Start);
    }

    private void End()
    {
        _over = true;
        trace.Add(-1, "faults end");
        network.Heal();
        foreach (var replica in replicas)
        {
            replica.CallOffCrash();
            replica.Disk.FullUntil = 0;
            Set(replica, 200);
        }
    }

    private void Crash(SimulatedReplica replica)
    {
        Count++;
        switch (random.Below(4))
        {
            case 0:
                replica.CrashAfter(random.Below(25));
                break;
            case 1:
                replica.CrashAtMessage(m => m is PeerMessage.BlockProposed);
                break;
            case 2:
                replica.CrashAtMessage(m => m is PeerMessage.VoteCast);
                break;
            default:
                replica.Crash();
                break;
        }
    }

    /// <summary>
    /// A process dies and its disk forgets. The worst moment is right after a message was signed that nobody heard, with the height kept open because one
    /// more member cannot be reached.
    /// </summary>
    private void CrashAndDamage(int member)
    {
        _damageDue.Add(member);
        Crash(replicas[member]);
        if (random.Chance(500))
        {
            var alone = (member + random.Between(1, replicas.Count - 1)) % replicas.Count;
            Divide([.. replicas.Select((_, i) => i == alone ? 1 : 0)], random.Between(1_000, 5_000));
        }
    }

    private void FailPower()
    {
        Count++;
        trace.Add(-1, "power fails");
        foreach (var replica in replicas)
        {
            replica.Crash();
        }
    }

    private void Partition()
    {
        Count++;
        var alone = random.Chance(400) ? random.Below(replicas.Count) : -1;
        var sides = replicas.Select((_, i) => alone >= 0 ? (i == alone ? 1 : 0) : random.Below(2)).ToList();
        Divide(sides, random.Between(100, 3_000));
    }

    private void Divide(IReadOnlyList<int> sides, int milliseconds)
    {
        trace.Add(-1, "partition", detail: () => $"{string.Join(' ', sides)} for {milliseconds} ms");
        network.Partition(sides);
        After(milliseconds, () => network.Partition(new int[replicas.Count]));
    }

    private void BlackOut()
    {
        Count++;
        var shuffled = Enumerable.Range(0, replicas.Count).OrderBy(_ => random.NextBits()).ToList();
        var blackout = new VoteBlackout(shuffled[0], [.. shuffled.Skip(1).Take((replicas.Count - 1) / 3)]);
        trace.Add(-1, "blackout", (ulong)blackout.Winner, blackout.ToString);
        network.Blackout = blackout;
        After(random.Between(500, 6_000), () => network.Blackout = network.Blackout == blackout ? null : network.Blackout);
    }

    private void FillDisk()
    {
        Count++;
        var replica = random.Pick(replicas);
        trace.Add(replica.Index, "disk full");
        replica.Disk.FullUntil = loop.Now + random.Between(200_000, 1_500_000);
    }

    private void Set(SimulatedReplica replica, int skewMs)
    {
        replica.Clock.OffsetMs = random.Between(-skewMs, skewMs) - (replica.Clock.Now.UnixMilliseconds - replica.Clock.OffsetMs - SimulatedClock.Epoch - loop.Now / 1_000);
        trace.Add(replica.Index, "clock set", (ulong)replica.Clock.OffsetMs, () => $"{replica.Clock.OffsetMs} ms");
    }

    private void Damage(SimulatedReplica replica, DiskDamage damage)
    {
        Count++;
        trace.Add(replica.Index, "damage", (ulong)damage, damage.ToString);
        var image = replica.Disk.Image;
        switch (damage)
        {
            case DiskDamage.Wiped:
                replica.Disk.Replace(new DiskImage());
                break;
            case DiskDamage.RolledBack or DiskDamage.RolledBackWithMark:
                var copy = _backups[replica.Index];
                copy.HighWater = damage == DiskDamage.RolledBackWithMark && IsKnownToOthers(replica, copy) ? copy.HighWater : image.HighWater;
                replica.Disk.Replace(copy);
                break;
            case DiskDamage.RowFlipped:
                image.Safety = null;
                break;
            case DiskDamage.BlockFlipped when image.Blocks.Count > 0:
                image.TruncateTo(random.Below(image.Blocks.Count));
                break;
            case DiskDamage.BodyFlipped:
                image.DropPending(random);
                break;
            case DiskDamage.MarkFlipped:
                image.HighWater = null;
                break;
        }
    }

    /// <summary>
    /// Whether every other member remembers durably that this one signed beyond the copy. A copy newer than that, mark included, cannot be noticed by
    /// anybody: no system without a trusted counter survives it, and docs/operations.md forbids restoring it.
    /// </summary>
    private bool IsKnownToOthers(SimulatedReplica replica, DiskImage copy)
    {
        var position = copy.Safety?.Position ?? default(SafetyPosition);
        return replicas.All(other => other == replica
            || (SafetyState.TryDecode(other.Disk.Image.Safety?.State ?? default, out var state, out _)
                && state.Seen.Count > replica.Index
                && state.Seen[replica.Index].Height > position.Height));
    }

    private void Repeat(int times, Action fault)
    {
        for (var i = 0; i < times; i++)
        {
            At(random.Below((int)scenario.ActiveMs), fault);
        }
    }

    private void At(int milliseconds, Action action) => loop.After(milliseconds * 1_000L, () =>
    {
        if (!_over)
        {
            action();
        }
    });

    private void After(int milliseconds, Action action) => At(milliseconds, action);
}
