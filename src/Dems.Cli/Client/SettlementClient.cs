using System.Net.Http.Json;
using System.Text.Json;
using Dems.Contracts.Settlement;

namespace Dems.Cli.Client;

/// <summary>Asks a member about money and reasons over HTTP. What it does not have, or cannot say, ends the command with the member's words.</summary>
internal sealed class SettlementClient(Uri address, string pool) : IDisposable
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    private readonly HttpClient _http = new() { BaseAddress = address, Timeout = TimeSpan.FromMinutes(5) };

    private string Chain => $"/v1/chains/{Uri.EscapeDataString(pool)}";

    public Task<SettlementView> SettlementAsync(string period, CancellationToken cancellationToken) =>
        AskAsync<SettlementView>(() => _http.GetAsync($"{Chain}/settlement?period={Uri.EscapeDataString(period)}", cancellationToken), cancellationToken);

    public Task<StatementView> StatementAsync(string party, string period, CancellationToken cancellationToken) =>
        AskAsync<StatementView>(() => _http.GetAsync($"{Chain}/statements/{Uri.EscapeDataString(party)}?period={Uri.EscapeDataString(period)}", cancellationToken), cancellationToken);

    /// <summary>Canonical bytes of a statement's proof.</summary>
    public async Task<byte[]> ProofAsync(string party, string period, CancellationToken cancellationToken)
    {
        var path = $"{Chain}/statements/{Uri.EscapeDataString(party)}/proof?period={Uri.EscapeDataString(period)}";
        var answer = await AskAsync<JsonElement>(() => _http.GetAsync(path, cancellationToken), cancellationToken);
        return answer.GetProperty("proof").GetBytesFromBase64();
    }

    public Task<WhyView> WhyAsync(string node, string at, CancellationToken cancellationToken) =>
        AskAsync<WhyView>(() => _http.GetAsync($"{Chain}/nodes/{Uri.EscapeDataString(node)}/why?at={Uri.EscapeDataString(at)}", cancellationToken), cancellationToken);

    public Task<WhatIfView> WhatIfAsync(string period, WhatIfRequest request, CancellationToken cancellationToken) => AskAsync<WhatIfView>(
        () => _http.PostAsJsonAsync($"{Chain}/whatif?period={Uri.EscapeDataString(period)}", request, Json, cancellationToken), cancellationToken);

    public void Dispose() => _http.Dispose();

    private async Task<T> AskAsync<T>(Func<Task<HttpResponseMessage>> ask, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await ask();
            return response.IsSuccessStatusCode
                ? (await response.Content.ReadFromJsonAsync<T>(Json, cancellationToken))!
                : throw await ProblemReply.ReadAsync(response, cancellationToken);
        }
        catch (Exception e) when (e is HttpRequestException or JsonException || (e is TaskCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new CommandException(ExitCodes.Unavailable, $"{address}: {e.Message}");
        }
    }
}
