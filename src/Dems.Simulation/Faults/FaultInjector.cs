using Dems.Replication.Machine;
using Dems.Replication.Ports;
using Dems.Replication.Protocol;
using Dems.Simulation.Network;
using Dems.Simulation.Nodes;
using Dems.Simulation.Storage;
using Dems.Simulation.World;

namespace Dems.Simulation.Faults;

/// <summary>Makes what the scenario holds happen, at times that the seed chooses, until the faults end.</summary>
internal sealed class FaultInjector(Cluster cluster, SimulationRandom random)
{
    private const int MaxJumpMs = 90_000;

    private readonly EventLoop _loop = cluster.Loop;
    private readonly Trace _trace = cluster.Trace;
    private readonly Scenario _scenario = cluster.Scenario;
    private readonly SimulatedNetwork _network = cluster.Network;
    private readonly IReadOnlyList<SimulatedReplica> _replicas = cluster.Replicas;
    private readonly Dictionary<int, DiskImage> _backups = [];
    private readonly HashSet<int> _damageDue = [];
    private bool _over;

    /// <summary>Faults that happened.</summary>
    public int Count { get; private set; }

    public void Begin()
    {
        (_network.DropPermille, _network.DuplicatePermille) = (_scenario.DropPermille, _scenario.DuplicatePermille);
        (_network.LatePermille, _network.MaxDelayMs) = (_scenario.LatePermille, _scenario.MaxDelayMs);
        foreach (var replica in _replicas)
        {
            replica.Clock.OffsetMs = random.Between(-_scenario.MaxSkewMs, _scenario.MaxSkewMs);
            replica.Clock.DriftPpm = random.Between(-_scenario.MaxDriftPpm, _scenario.MaxDriftPpm);
        }

        Repeat(_scenario.Crashes, () => Crash(random.Pick(_replicas)));
        Repeat(_scenario.Outages, FailPower);
        Repeat(_scenario.Partitions, Partition);
        Repeat(_scenario.Blackouts, BlackOut);
        Repeat(_scenario.FullDisks, FillDisk);
        Repeat(_scenario.MaxSkewMs > 0 ? 1 : 0, () => Set(random.Pick(_replicas), _scenario.MaxSkewMs));
        foreach (var (member, _) in _scenario.Damaged)
        {
            var at = _scenario.DamageMs ?? random.Between(300, (int)_scenario.ActiveMs * 4 / 5);
            At(at * random.Between(100, 900) / 1_000, () => _backups[member] = _replicas[member].Disk.Image.Copy());
            At(at, () => CrashAndDamage(member));
        }

        Repeat(_scenario.OneWayCuts, CutOneWay);
        if (_scenario.ClockJumps > 0)
        {
            var member = random.Pick(_replicas);
            Repeat(_scenario.ClockJumps, () => Set(member, MaxJumpMs));
        }

        At((int)_scenario.ActiveMs, End);
    }

    /// <summary>A process died: its disk is damaged if that is due, and it is started again.</summary>
    public void Crashed(int member)
    {
        if (_damageDue.Remove(member))
        {
            Damage(_replicas[member], _scenario.Damaged[member]);
        }

        _loop.After(random.Between(20_000, random.Chance(700) ? 400_000 : 3_000_000), _replicas[member].Start);
    }

    private void End()
    {
        _over = true;
        _trace.Add(-1, "faults end");
        _network.Heal();
        foreach (var replica in _replicas)
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
        if (!_scenario.IsolatesWhenForgetting)
        {
            Crash(_replicas[member]);
            return;
        }

        Count++;
        _replicas[member].CrashAtMessage(random.Chance(700) ? m => m is PeerMessage.BlockProposed : m => m is PeerMessage.VoteCast);
        var alone = (member + random.Between(1, _replicas.Count - 1)) % _replicas.Count;
        Divide([.. _replicas.Select((_, i) => i == alone ? 1 : 0)], random.Between(2_000, 6_000));
    }

    private void FailPower()
    {
        Count++;
        _trace.Add(-1, "power fails");
        foreach (var replica in _replicas)
        {
            replica.Crash();
        }
    }

    private void Partition()
    {
        Count++;
        var alone = random.Chance(400) ? random.Below(_replicas.Count) : -1;
        var sides = _replicas.Select((_, i) => alone >= 0 ? (i == alone ? 1 : 0) : random.Below(2)).ToList();
        Divide(sides, random.Between(100, 3_000));
    }

    /// <summary>One member is not heard any more, or hears nothing, by some or by all; the other direction works.</summary>
    private void CutOneWay()
    {
        Count++;
        var (member, isMute) = (random.Below(_replicas.Count), random.Chance(500));
        List<int> others = [.. Enumerable.Range(0, _replicas.Count).Where(other => other != member && random.Chance(700))];
        _trace.Add(member, isMute ? "mute" : "deaf", detail: () => $"towards {string.Join(' ', others)}");
        Cut(isCut: true);
        After(random.Between(100, 3_000), () => Cut(isCut: false));

        void Cut(bool isCut) => others.ForEach(other => _network.Cut(isMute ? member : other, isMute ? other : member, isCut));
    }

    private void Divide(IReadOnlyList<int> sides, int milliseconds)
    {
        _trace.Add(-1, "partition", detail: () => $"{string.Join(' ', sides)} for {milliseconds} ms");
        _network.Partition(sides);
        After(milliseconds, () => _network.Partition(new int[_replicas.Count]));
    }

    private void BlackOut()
    {
        Count++;
        var shuffled = Enumerable.Range(0, _replicas.Count).OrderBy(_ => random.NextBits()).ToList();
        var blackout = new VoteBlackout(shuffled[0], [.. shuffled.Skip(1).Take((_replicas.Count - 1) / 3)]);
        _trace.Add(-1, "blackout", (ulong)blackout.Winner, blackout.ToString);
        Func<int, PeerFrame, PeerFrame?> filter = blackout.Filter;
        _network.Filter = filter;
        After(random.Between(500, 6_000), () => _network.Filter = ReferenceEquals(_network.Filter, filter) ? null : _network.Filter);
    }

    private void FillDisk()
    {
        Count++;
        var replica = random.Pick(_replicas);
        _trace.Add(replica.Index, "disk full");
        replica.Disk.FullUntil = _loop.Now + random.Between(200_000, 1_500_000);
    }

    private void Set(SimulatedReplica replica, int skewMs)
    {
        replica.Clock.OffsetMs = random.Between(-skewMs, skewMs) - (replica.Clock.Now.UnixMilliseconds - replica.Clock.OffsetMs - SimulatedClock.Epoch - _loop.Now / 1_000);
        _trace.Add(replica.Index, "clock set", (ulong)replica.Clock.OffsetMs, () => $"{replica.Clock.OffsetMs} ms");
    }

    private void Damage(SimulatedReplica replica, DiskDamage damage)
    {
        Count++;
        _trace.Add(replica.Index, "damage", (ulong)damage, damage.ToString);
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
        return _replicas.All(other => other == replica
            || (SafetyState.TryDecode(other.Disk.Image.Safety?.State ?? default, out var state, out _)
                && state.Seen.Count > replica.Index
                && state.Seen[replica.Index].Height > position.Height));
    }

    private void Repeat(int times, Action fault)
    {
        for (var i = 0; i < times; i++)
        {
            At(random.Below((int)_scenario.ActiveMs), fault);
        }
    }

    private void At(int milliseconds, Action action) => _loop.After(milliseconds * 1_000L, () =>
    {
        if (!_over)
        {
            action();
        }
    });

    private void After(int milliseconds, Action action) => At(milliseconds, action);
}
