using System.Globalization;
using Dems.Core;
using Dems.Core.Energy;

namespace Dems.Ingest.Importing;

/// <summary>
/// Names a batch of an import. Batches are numbered per node, so that a node registered later does not shift the numbers of the others.
/// </summary>
/// <param name="Series">Source, way of cutting and node, hashed.</param>
/// <param name="Number">Place among the node's batches of the source, from 0.</param>
public readonly record struct BatchKey(Hash32 Series, int Number)
{
    /// <summary>The series of a node's batches in a source.</summary>
    public static Hash32 SeriesOf(Hash32 source, int batchSize, NodeAddress node)
    {
        var bytes = new byte[Hash32.Size + sizeof(int) + NodeAddress.Size];
        source.CopyTo(bytes);
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(Hash32.Size), batchSize);
        node.CopyTo(bytes.AsSpan(Hash32.Size + sizeof(int)));
        return Hash32.Of(bytes);
    }

    /// <summary>Series and number.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Series} {Number}");
}
