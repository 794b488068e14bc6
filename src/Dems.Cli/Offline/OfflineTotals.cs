using System.Text.Json.Serialization;

namespace Dems.Cli.Offline;

/// <summary>Sums over all allocated intervals, in Wh.</summary>
internal record OfflineTotals
{
    [JsonPropertyName("consumption_wh")]
    public long ConsumptionWh { get; set; }

    [JsonPropertyName("production_wh")]
    public long ProductionWh { get; set; }

    /// <summary>Received from the pool, own use included.</summary>
    [JsonPropertyName("allocated_wh")]
    public long AllocatedWh { get; set; }

    /// <summary>Supplied to the pool, own use included.</summary>
    [JsonPropertyName("sold_wh")]
    public long SoldWh { get; set; }

    [JsonPropertyName("grid_wh")]
    public long GridWh { get; set; }

    [JsonPropertyName("exported_wh")]
    public long ExportedWh { get; set; }

    /// <summary>Put into virtual storage.</summary>
    [JsonPropertyName("charged_wh")]
    public long ChargedWh { get; set; }

    [JsonPropertyName("discharged_wh")]
    public long DischargedWh { get; set; }

    /// <summary>Whether every watt-hour is somewhere, and what was received was supplied.</summary>
    [JsonIgnore]
    public bool Balances =>
        ConsumptionWh == AllocatedWh + GridWh && ProductionWh + DischargedWh == SoldWh + ExportedWh + ChargedWh && AllocatedWh == SoldWh;

    public void Add(OfflineTotals other)
    {
        ConsumptionWh += other.ConsumptionWh;
        ProductionWh += other.ProductionWh;
        AllocatedWh += other.AllocatedWh;
        SoldWh += other.SoldWh;
        GridWh += other.GridWh;
        ExportedWh += other.ExportedWh;
        ChargedWh += other.ChargedWh;
        DischargedWh += other.DischargedWh;
    }
}
