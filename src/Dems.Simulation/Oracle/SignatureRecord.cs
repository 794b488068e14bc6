using Dems.Core.Consensus;
using Dems.Core.Ledger;
using Dems.Replication.Ports;
using Dems.Replication.Protocol;

namespace Dems.Simulation.Oracle;

/// <summary>Everything that honest members ever signed, across their crashes: one statement per height, round and kind.</summary>
internal sealed class SignatureRecord
{
    private readonly Dictionary<(int Member, long Height, int Round, string Kind), (BlockHash Block, int ValidRound)> _said = [];

    /// <summary>A member says something; why that contradicts what it said before, null if it does not.</summary>
    public string? Said(int member, PeerMessage message) => message switch
    {
        PeerMessage.VoteCast { Vote: var v } when v.Validator == member => Record(member, v.Height, v.Round, KindOf(v.Type), (v.Block, -1)),
        PeerMessage.BlockProposed { Proposal: var p } when p.Proposer == member => Record(member, p.Height, p.Round, "proposal", (p.BlockHash, p.ValidRound)),
        _ => null,
    };

    /// <summary>A certificate names a member: it must have said so.</summary>
    public string? Precommitted(int member, DecidedBlock block)
    {
        var key = (member, block.Height.Value, block.Certificate.Round, KindOf(VoteType.Precommit));
        return _said.TryGetValue(key, out var said) && said.Block == block.Hash
            ? null
            : $"the certificate of block {block.Height} names member {member}, which did not precommit it in round {block.Certificate.Round}";
    }

    private string? Record(int member, Height height, int round, string kind, (BlockHash Block, int ValidRound) statement)
    {
        var key = (member, height.Value, round, kind);
        if (_said.TryAdd(key, statement) || _said[key] == statement)
        {
            return null;
        }

        return $"member {member} signed two {kind}s at height {height}, round {round}: {_said[key].Block} and {statement.Block}";
    }

    private static string KindOf(VoteType type) => type == VoteType.Prevote ? "prevote" : "precommit";
}
