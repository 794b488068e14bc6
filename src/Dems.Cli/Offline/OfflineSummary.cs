using System.Text.Json.Serialization;

namespace Dems.Cli.Offline;

/// <summary>What <c>dems allocate</c> prints.</summary>
internal sealed record OfflineSummary
{
    [JsonPropertyName("readings")]
    public required long Readings { get; init; }

    [JsonPropertyName("rows_rejected")]
    public required long RowsRejected { get; init; }

    [JsonPropertyName("rows_skipped")]
    public required long RowsSkipped { get; init; }

    /// <summary>File that names them; null if there are none.</summary>
    [JsonPropertyName("report")]
    public required string? Report { get; init; }

    [JsonPropertyName("carriers")]
    public required IReadOnlyList<OfflineCarrier> Carriers { get; init; }

    /// <summary>Carriers whose registers the policy's basis does not count, each with the reason.</summary>
    [JsonPropertyName("left_out")]
    public required IReadOnlyList<string> LeftOut { get; init; }

    [JsonPropertyName("allocated_wh")]
    public long AllocatedWh => Carriers.Sum(carrier => carrier.AllocatedWh);

    [JsonPropertyName("exported_wh")]
    public long ExportedWh => Carriers.Sum(carrier => carrier.ExportedWh);

    [JsonPropertyName("grid_wh")]
    public long GridWh => Carriers.Sum(carrier => carrier.GridWh);

    /// <summary>Whether every watt-hour of every carrier is somewhere.</summary>
    [JsonPropertyName("conserved")]
    public bool Conserved => Carriers.All(carrier => carrier.Conserved);

    /// <summary>The same for people.</summary>
    public IEnumerable<string> Lines()
    {
        foreach (var carrier in Carriers)
        {
            yield return $"{carrier.Carrier}: {carrier.Rule} on {carrier.Basis}, {carrier.Intervals:N0} intervals of {carrier.IntervalSeconds} s from {carrier.From:yyyy-MM-ddTHH:mmZ} to {carrier.Until:yyyy-MM-ddTHH:mmZ}";
            yield return $"  {"Wh",-34}{"consumed",14}{"produced",14}{"received",14}{"supplied",14}{"from grid",14}{"exported",14}";
            foreach (var node in carrier.Nodes)
            {
                yield return Row(node.Id, node);
            }

            yield return Row("all", carrier);
            if (carrier.ChargedWh + carrier.DischargedWh > 0)
            {
                yield return $"  virtual storage: {carrier.ChargedWh:N0} Wh charged, {carrier.DischargedWh:N0} Wh discharged";
            }

            if (carrier.Missing > 0)
            {
                yield return $"  {carrier.Missing:N0} times an interval lacks a node's readings: it counts 0 there";
            }

            if (carrier.NotAllocated > 0)
            {
                yield return $"  {carrier.NotAllocated:N0} readings are longer than the interval or cross its bounds, and are not allocated";
            }

            yield return $"  {(carrier.Conserved ? "conserved" : "NOT CONSERVED")}, fingerprint {carrier.Fingerprint}";
        }

        foreach (var lacking in LeftOut)
        {
            yield return $"left out {lacking}";
        }

        if (Report is not null)
        {
            yield return $"{RowsRejected:N0} rows refused and {RowsSkipped:N0} skipped; see {Report}";
        }
    }

    private static string Row(string name, OfflineTotals totals) =>
        $"  {name,-34}{totals.ConsumptionWh,14:N0}{totals.ProductionWh,14:N0}{totals.AllocatedWh,14:N0}{totals.SoldWh,14:N0}{totals.GridWh,14:N0}{totals.ExportedWh,14:N0}";
}
