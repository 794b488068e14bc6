using System.Buffers;
using Microsoft.AspNetCore.Http;

namespace Dems.ServiceDefaults.Http;

/// <summary>Reads a request's body into memory that grows with what arrives, never beyond the bound, whatever length was announced.</summary>
public static class BoundedBody
{
    private const int ChunkSize = 16 * 1024;

    /// <summary>The body; null as soon as it is known to be longer than <paramref name="maxBytes"/>.</summary>
    public static async Task<ReadOnlyMemory<byte>?> ReadAsync(HttpRequest request, int maxBytes, CancellationToken cancellationToken)
    {
        if (request.ContentLength > maxBytes)
        {
            return null;
        }

        var buffer = new ArrayBufferWriter<byte>(ChunkSize);
        while (true)
        {
            // One byte more than allowed tells a body that ends at the bound from one that goes on.
            var room = Math.Min(ChunkSize, maxBytes + 1 - buffer.WrittenCount);
            var read = await request.Body.ReadAsync(buffer.GetMemory(room)[..room], cancellationToken);
            if (read == 0)
            {
                return buffer.WrittenMemory;
            }

            buffer.Advance(read);
            if (buffer.WrittenCount > maxBytes)
            {
                return null;
            }
        }
    }
}
