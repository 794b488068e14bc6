using Dems.Core.Consensus;
using Dems.Replication.Machine;
using Dems.Replication.Protocol;
using Dems.Simulation.Faults;
using Dems.Simulation.Nodes;
using Dems.Simulation.Storage;
using Dems.Simulation.World;
using Xunit;

namespace Dems.Simulation.Tests.Traps;

/// <summary>A small network for one story: the test says what goes wrong and when; the oracle watches all along.</summary>
internal sealed class Stage : IDisposable
{
    private readonly Cluster _cluster;

    public Stage(int validators = 4, params (int Member, DiskDamage Damage)[] damaged)
    {
        var scenario = Scenario.Calm(validators) with
        {
            Damaged = new SortedDictionary<int, DiskDamage>(damaged.ToDictionary(d => d.Member, d => d.Damage)),
        };
        _cluster = new Cluster(new SimulationRandom(7), scenario, Mutation.None, log: null);
        _cluster.Start();
        Run(400);
    }

    public IReadOnlyList<SimulatedReplica> Members => _cluster.Replicas;

    /// <summary>Virtual time in milliseconds.</summary>
    public long Now => _cluster.Loop.Now / 1_000;

    public long Blocks => _cluster.Oracle.Blocks;

    public IReadOnlyList<string> Violations => _cluster.Oracle.Violations;

    public long HeadOf(int member) => Members[member].Disk.Image.Blocks.Count;

    public int RoundOf(int member) => Members[member].Standing!.Round;

    /// <summary>Lock and valid value as the member's disk has them.</summary>
    public SafetySnapshot SafetyOf(int member)
    {
        Assert.True(SafetyState.TryDecode(Members[member].Disk.Image.Safety!.State, out var state, out var error), error);
        return state.Safety;
    }

    public bool MaySign(int member) => _cluster.MaySign(member);

    /// <summary>Only such messages arrive, by sender, receiver and message.</summary>
    public void Pass(Func<int, int, PeerMessage, bool> passes) => _cluster.Network.Filter = (to, frame) =>
    {
        var left = frame.Messages.Where(m => passes(frame.From, to, m)).ToList();
        return left.Count == 0 ? null : frame with { Messages = left };
    };

    public void PassEverything() => _cluster.Network.Filter = null;

    public void Partition(params int[] sides) => _cluster.Network.Partition(sides);

    public void Heal() => _cluster.Network.Heal();

    /// <summary>Submits one entry at a member; it must be ordered by everybody in the end.</summary>
    public void Submit(int member)
    {
        var promises = _cluster.Oracle.Promises;
        _cluster.Clients.Probe([member]);
        Await(() => _cluster.Oracle.Promises > promises, 1_000);
    }

    public void Crash(int member) => Members[member].Crash();

    public void Restart(int member) => Members[member].Start();

    public void Wipe(int member) => Members[member].Disk.Replace(new DiskImage());

    public void Run(long milliseconds)
    {
        _cluster.RunUntil(Now + milliseconds);
        Assert.True(Violations.Count == 0, string.Join('\n', Violations) + "\n" + string.Join('\n', _cluster.Trace.Last().TakeLast(40)));
    }

    /// <summary>Waits until something holds, and fails if it does not within a time.</summary>
    /// <returns>How long it took.</returns>
    public long Await(Func<bool> holds, long withinMs)
    {
        var since = Now;
        _cluster.RunUntil(since + withinMs, holds);
        Assert.True(Violations.Count == 0, string.Join('\n', Violations));
        Assert.True(holds(), $"Not within {withinMs} ms. {_cluster.Describe()}\n{string.Join('\n', _cluster.Trace.Last().TakeLast(40))}");
        return Now - since;
    }

    /// <summary>Whether every member has everything that was submitted.</summary>
    public bool AllKept() => _cluster.Oracle.Missing() is null;

    public void Dispose() => _cluster.Dispose();
}
