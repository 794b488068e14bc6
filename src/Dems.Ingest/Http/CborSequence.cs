using System.Formats.Cbor;

namespace Dems.Ingest.Http;

/// <summary>Splits a CBOR sequence (RFC 8742) into its items. Only their ends are looked for; whether they are canonical is judged when they are opened.</summary>
internal static class CborSequence
{
    /// <summary>What stops a sequence.</summary>
    /// <param name="Item">Place of the item, from 0.</param>
    /// <param name="Offset">Byte at which it starts.</param>
    /// <param name="Reason">Why; empty if there are merely too many items.</param>
    public readonly record struct Fault(int Item, long Offset, string Reason);

    /// <summary>The items; null if all are found, otherwise what stopped the search.</summary>
    public static Fault? Split(ReadOnlyMemory<byte> bytes, int maxItems, List<ReadOnlyMemory<byte>> items)
    {
        var reader = new CborReader(bytes, CborConformanceMode.Lax, allowMultipleRootLevelValues: true);
        var offset = 0;
        try
        {
            while (reader.BytesRemaining > 0)
            {
                if (items.Count == maxItems)
                {
                    return new Fault(items.Count, offset, "");
                }

                items.Add(reader.ReadEncodedValue());
                offset = bytes.Length - reader.BytesRemaining;
            }
        }
        catch (Exception e) when (e is CborContentException or InvalidOperationException or OverflowException)
        {
            return new Fault(items.Count, offset, e.Message);
        }

        return null;
    }
}
