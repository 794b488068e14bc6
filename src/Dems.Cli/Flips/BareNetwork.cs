using Dems.Cli.Chaos;
using Dems.Core.Crypto;
using Dems.Core.Ledger;
using Dems.Grains.Chains;
using Dems.Grains.Crypto;
using Dems.Grains.Hosting;
using Dems.Replication.Protocol;
using Dems.Storage;

namespace Dems.Cli.Flips;

/// <summary>
/// Members of one chain without silo and sockets: real stores, keys, repairs and replicas, and frames that are encoded, signed, opened and checked as everywhere. So
/// a member starts in milliseconds. Every vote and proposal that leaves a member is audited.
/// </summary>
internal sealed class BareNetwork : IAsyncDisposable
{
    private readonly Es256Signer[] _keys;
    private readonly BareMember?[] _members;
    private readonly VerifierPool _verifiers = new();
    private readonly Lock _auditing = new();
    private readonly HashSet<SignedMessage> _signed;
    private readonly SignatureAudit _audit = new();
    private readonly Func<SignedMessage, bool> _cutAt;
    private volatile bool _cut;

    /// <summary>A network whose members' keys lie below a directory.</summary>
    /// <param name="directory">Made by <see cref="Network.NetworkFolder"/>.</param>
    /// <param name="signedBefore">What was signed in earlier lives of these members.</param>
    /// <param name="cutAt">The message that is the last one to leave anybody; null for no end.</param>
    public BareNetwork(string directory, IReadOnlyCollection<SignedMessage> signedBefore, Func<SignedMessage, bool>? cutAt = null)
    {
        var keys = new List<Es256Signer>();
        for (var i = 0; i < Network.NetworkFolder.CountMembers(directory); i++)
        {
            if (!MemberFolder.TryRead(Network.NetworkFolder.MemberOf(directory, i), out var genesis, out _, out var key, out var error))
            {
                throw new CommandException(ExitCodes.Usage, error);
            }

            Genesis = genesis;
            keys.Add(key);
        }

        (_keys, _members, _signed, _cutAt) = ([.. keys], new BareMember?[keys.Count], [.. signedBefore], cutAt ?? (_ => false));
        _audit.Add(signedBefore);
        Pool = Genesis!.Pools[0].Name;
        Opener = new EntryOpener(_verifiers, Verifier);
    }

    public Genesis Genesis { get; }

    public string Pool { get; }

    public ChainId Chain => Genesis.ChainOf(Pool);

    public Es256Verifier Verifier { get; } = new();

    public EntryOpener Opener { get; }

    /// <summary>Places at which two different things were signed, in this life and the earlier ones.</summary>
    public IReadOnlyList<string> Doubles => Locked(() => _audit.Doubles.ToList());

    /// <summary>All that was signed.</summary>
    public IReadOnlyList<SignedMessage> Signed => Locked(() => _signed.ToList());

    /// <summary>Whether no message leaves anybody any more.</summary>
    public bool IsCut => _cut;

    /// <summary>The members that run.</summary>
    public IEnumerable<BareMember> Running => _members.OfType<BareMember>();

    public ISigner KeyOf(int member) => _keys[member];

    /// <summary>Starts a member on its store: what is damaged is repaired first. It runs when this returns.</summary>
    public async Task<BareMember> StartAsync(int index, ReplicaFiles files, CancellationToken cancellationToken)
    {
        var member = new BareMember(this, index);
        _members[index] = member;
        await member.StartAsync(files, cancellationToken);
        return member;
    }

    public async Task StopAsync(int index)
    {
        if (_members[index] is { } member)
        {
            _members[index] = null;
            await member.DisposeAsync();
        }
    }

    /// <summary>Takes what a member sends: audits it, then delivers it on another thread.</summary>
    public void Carry(int to, ReadOnlyMemory<byte> bytes)
    {
        if (_cut)
        {
            return;
        }

        lock (_auditing)
        {
            if (!PeerFrame.TryRead(bytes, out var sent, out var error))
            {
                throw new InvalidOperationException($"A frame made here does not decode: {error}");
            }

            SignedMessage[] messages = [.. sent.Messages.SelectMany(SignaturesIn)];
            _audit.Add(messages);
            _signed.UnionWith(messages);
            _cut |= messages.Any(_cutAt);
        }

        ThreadPool.QueueUserWorkItem(_ =>
        {
            if (PeerFrame.TryOpen(bytes, [.. Genesis.Members.Select(member => member.Key)], Verifier, out var opened, out string _))
            {
                _members[to]?.Deliver(opened);
            }
        });
    }

    public async ValueTask DisposeAsync()
    {
        for (var i = 0; i < _members.Length; i++)
        {
            await StopAsync(i);
        }

        _verifiers.Dispose();
        foreach (var key in _keys)
        {
            key.Dispose();
        }
    }

    private static IEnumerable<SignedMessage> SignaturesIn(PeerMessage message) => message switch
    {
        PeerMessage.VoteCast m => [SignedMessage.Of(m.Vote)],
        PeerMessage.BlockProposed m => [SignedMessage.Of(m.Proposal)],
        PeerMessage.BlockDecided m => SignedMessage.Of(m.Block.Certificate),
        _ => [],
    };

    private T Locked<T>(Func<T> read)
    {
        lock (_auditing)
        {
            return read();
        }
    }
}
