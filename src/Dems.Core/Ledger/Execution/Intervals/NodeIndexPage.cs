using Dems.Core.Energy;

namespace Dems.Core.Ledger.Execution.Intervals;

/// <summary>Up to <see cref="Size"/> addresses of nodes in the order of their registration, 20 bytes each. The place of a node in the index never changes.</summary>
internal sealed class NodeIndexPage : IStateRecord
{
    /// <summary>Nodes of one page.</summary>
    public const int Size = 256;

    private readonly List<NodeAddress> _nodes = [];

    public IReadOnlyList<NodeAddress> Nodes => _nodes;

    public void Add(NodeAddress node) => _nodes.Add(node);

    public byte[] Encode()
    {
        var bytes = new byte[_nodes.Count * NodeAddress.Size];
        for (var i = 0; i < _nodes.Count; i++)
        {
            _nodes[i].CopyTo(bytes.AsSpan(i * NodeAddress.Size));
        }

        return bytes;
    }

    public static NodeIndexPage Decode(ReadOnlySpan<byte> bytes)
    {
        var page = new NodeIndexPage();
        for (; !bytes.IsEmpty; bytes = bytes[NodeAddress.Size..])
        {
            page._nodes.Add(new NodeAddress(bytes[..NodeAddress.Size]));
        }

        return page;
    }
}
