using System.Globalization;
using System.Text.Json.Serialization;
using Dems.Core.Crypto;
using Dems.Core.Ledger;
using Dems.Core.Ledger.Entries;
using Dems.Core.Ledger.Execution;
using Dems.Core.Ledger.Receipts;

namespace Dems.Cli.Commands;

/// <summary>What <c>dems receipt verify</c> says of one receipt.</summary>
internal sealed class ReceiptReport
{
    [JsonPropertyName("valid")]
    public required bool Valid { get; init; }

    [JsonPropertyName("field")]
    public string? Field { get; init; }

    [JsonPropertyName("reason")]
    public string? Reason { get; init; }

    [JsonPropertyName("network")]
    public string? Network { get; init; }

    [JsonPropertyName("pool")]
    public string? Pool { get; init; }

    [JsonPropertyName("height")]
    public long? Height { get; init; }

    [JsonPropertyName("time")]
    public string? Time { get; init; }

    [JsonPropertyName("decided_by")]
    public IReadOnlyList<string>? DecidedBy { get; init; }

    [JsonPropertyName("validators")]
    public int? Validators { get; init; }

    [JsonPropertyName("issuer")]
    public string? Issuer { get; init; }

    [JsonPropertyName("index")]
    public long? Index { get; init; }

    [JsonPropertyName("content")]
    public string? Content { get; init; }

    [JsonPropertyName("kind")]
    public string? Kind { get; init; }

    [JsonPropertyName("status")]
    public string? Status { get; init; }

    [JsonPropertyName("cause")]
    public string? Cause { get; init; }

    [JsonPropertyName("explanation")]
    public string? Explanation { get; init; }

    [JsonPropertyName("node")]
    public string? Node { get; init; }

    [JsonPropertyName("signed_by")]
    public string? SignedBy { get; init; }

    [JsonPropertyName("trusts_gateway")]
    public bool? TrustsGateway { get; init; }

    [JsonPropertyName("batch_readings")]
    public int? BatchReadings { get; init; }

    [JsonPropertyName("readings")]
    public IReadOnlyList<ReceiptReading>? Readings { get; init; }

    public static ReceiptReport Of(ReceiptError error) => new() { Valid = false, Field = error.Field, Reason = error.Reason };

    public static ReceiptReport Of(ReceiptFindings findings, Genesis genesis)
    {
        var (row, isBatch) = (findings.Result, findings.Result.Kind == EntryKind.Batch);
        return new ReceiptReport
        {
            Valid = true,
            Network = genesis.Network,
            Pool = findings.Pool.Name,
            Height = findings.Header.Height.Value,
            Time = DateTimeOffset.FromUnixTimeMilliseconds(findings.Header.Time.UnixMilliseconds).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture),
            DecidedBy = [.. findings.Signers.Select(key => NameOf(key, genesis))],
            Validators = findings.Validators,
            Issuer = NameOf(findings.Issuer, genesis),
            Index = row.Index,
            Content = row.Content.ToString(),
            Kind = row.Kind.ToString(),
            Status = OutcomeText.StatusOf(row.Outcome),
            Cause = OutcomeText.CauseOf(row.Outcome),
            Explanation = OutcomeText.ReasonOf(row.Outcome),
            Node = isBatch ? row.Node.ToString() : null,
            SignedBy = row.Role == SigningRole.None ? null : row.Role.ToString().ToLowerInvariant(),
            TrustsGateway = isBatch ? row.Role == SigningRole.Gateway : null,
            BatchReadings = isBatch ? row.Readings : null,
            Readings = isBatch ? [.. findings.Readings.Select(ReceiptReading.Of)] : null,
        };
    }

    /// <summary>The same for people.</summary>
    public IEnumerable<string> Lines()
    {
        if (!Valid)
        {
            yield return $"PROVES NOTHING. {Field}: {Reason}";
            yield break;
        }

        yield return $"Holds: entry {Index} of pool {Pool} in network {Network} is final in block {Height} of {Time}.";
        yield return $"  decided by   {string.Join(", ", DecidedBy!)} ({DecidedBy!.Count} of {Validators} validators)";
        yield return $"  issued by    {Issuer}";
        yield return $"  content      {Content}";
        yield return $"  kind         {Kind}";
        yield return $"  outcome      {Status}{(Cause is null ? "" : $": {Cause}")}. {Explanation}";
        if (Readings is null)
        {
            yield break;
        }

        yield return $"  node         {Node}";
        yield return $"  signed by    {SignedBy ?? "nobody who may"}{(TrustsGateway == true ? ": the meter signed nothing itself, the gateway is trusted for it" : "")}";
        yield return $"  readings     {Readings.Count} of {BatchReadings}";
        foreach (var reading in Readings)
        {
            yield return $"    {reading}";
        }
    }

    private static string NameOf(PublicKey key, Genesis genesis) =>
        genesis.Members.FirstOrDefault(member => member.Key.Equals(key))?.Name ?? key.Fingerprint.ToString();
}
