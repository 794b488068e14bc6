using System.Text.Json.Serialization;
using Dems.Core.Energy;
using Dems.Ingest.Importing;

namespace Dems.Cli.Offline;

/// <summary>What a metering point consumed, produced, received and supplied.</summary>
internal sealed record OfflineNode(MeteringPoint Point, NodeAddress Address) : OfflineTotals
{
    [JsonIgnore]
    public MeteringPoint Point { get; } = Point;

    [JsonIgnore]
    public NodeAddress Address { get; } = Address;

    [JsonPropertyName("metering_point")]
    [JsonPropertyOrder(-2)]
    public string Id => Point.Id;

    /// <summary>By which a policy's tables name it.</summary>
    [JsonPropertyName("address")]
    [JsonPropertyOrder(-1)]
    public string AddressText => Address.ToString();
}
