using System.Formats.Cbor;

namespace Dems.Ingest.Http;

/// <summary>Splits a CBOR sequence (RFC 8742) into its items without decoding them.</summary>
internal static class CborSequence
{
    /// <summary>The items; false with the byte at which the sequence stops being one, or if there are more than <paramref name="maxItems"/>.</summary>
    public static bool TrySplit(ReadOnlyMemory<byte> bytes, int maxItems, out List<ReadOnlyMemory<byte>> items, out string error)
    {
        items = [];
        var reader = new CborReader(bytes, CborConformanceMode.Canonical, allowMultipleRootLevelValues: true);
        try
        {
            while (reader.BytesRemaining > 0)
            {
                if (items.Count == maxItems)
                {
                    error = $"more than {maxItems} messages in one request";
                    return false;
                }

                items.Add(reader.ReadEncodedValue());
            }
        }
        catch (CborContentException e)
        {
            error = $"message {items.Count} at byte {bytes.Length - reader.BytesRemaining} is not CBOR: {e.Message}";
            return false;
        }

        error = items.Count == 0 ? "the body is empty" : "";
        return items.Count > 0;
    }
}
