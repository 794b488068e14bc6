using Dems.Core.Ledger.Merkle;

namespace Dems.Core.Ledger.Execution;

/// <summary>Right edge of the entry tree, as <see cref="MerkleFrontier"/> encodes it.</summary>
internal sealed record FrontierRecord(MerkleFrontier Frontier) : IStateRecord
{
    public byte[] Encode() => Frontier.Encode();

    public static FrontierRecord Decode(ReadOnlyMemory<byte> bytes) => MerkleFrontier.TryDecode(bytes, out var frontier, out var error)
        ? new FrontierRecord(frontier)
        : throw new InvalidOperationException($"The state is damaged: {error}.");
}
