using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace Dems.Cli.Client;

/// <summary>Fetches receipts over HTTP.</summary>
internal sealed class ReceiptClient(Uri address) : IDisposable
{
    private readonly HttpClient _http = new() { BaseAddress = address, Timeout = TimeSpan.FromSeconds(30) };

    /// <summary>The receipt of an entry, or of one of its readings.</summary>
    /// <param name="pool">The pool; null to look on every chain.</param>
    /// <param name="entry">Content id, leaf hash or index.</param>
    /// <param name="register">Register of one reading; null for the whole entry.</param>
    /// <param name="start">Its interval start in RFC 3339.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="CommandException">The member has none, has none yet, or does not answer.</exception>
    public async Task<byte[]> GetAsync(string? pool, string entry, string? register, string? start, CancellationToken cancellationToken)
    {
        try
        {
            var pools = pool is null ? await PoolsAsync(cancellationToken) : [pool];
            var problem = new CommandException(ExitCodes.Failed, "The member keeps no chain.");
            foreach (var candidate in pools)
            {
                var query = register is null && start is null ? "" : $"?register={Uri.EscapeDataString(register ?? "")}&start={Uri.EscapeDataString(start ?? "")}";
                using var request = new HttpRequestMessage(
                    HttpMethod.Get, $"/v1/chains/{Uri.EscapeDataString(candidate)}/entries/{Uri.EscapeDataString(entry)}/receipt{query}");
                request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/cbor"));
                using var response = await _http.SendAsync(request, cancellationToken);
                if (response.IsSuccessStatusCode)
                {
                    return await response.Content.ReadAsByteArrayAsync(cancellationToken);
                }

                problem = await ProblemReply.ReadAsync(response, cancellationToken);
                if (response.StatusCode != HttpStatusCode.NotFound)
                {
                    break;
                }
            }

            throw problem;
        }
        catch (Exception e) when (e is HttpRequestException or JsonException || (e is TaskCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new CommandException(ExitCodes.Unavailable, $"{address}: {e.Message}");
        }
    }

    public void Dispose() => _http.Dispose();

    private async Task<IReadOnlyList<string>> PoolsAsync(CancellationToken cancellationToken)
    {
        using var chains = JsonDocument.Parse(await _http.GetStringAsync("/v1/chains", cancellationToken));
        return [.. chains.RootElement.GetProperty("items").EnumerateArray().Select(chain => chain.GetProperty("pool").GetString()!)];
    }
}
