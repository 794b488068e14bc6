using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Dems.Core.Energy;

namespace Dems.Cli.Commands;

/// <summary>A reading that a receipt shows.</summary>
internal sealed record ReceiptReading(
    [property: JsonPropertyName("register")] string Register,
    [property: JsonPropertyName("start")] string Start,
    [property: JsonPropertyName("seconds")] int Seconds,
    [property: JsonPropertyName("quantity_wh")] long QuantityWh,
    [property: JsonPropertyName("quality")] string Quality,
    [property: JsonPropertyName("revision")] int Revision)
{
    public static ReceiptReading Of(Reading reading) => new(
        JsonNamingPolicy.SnakeCaseLower.ConvertName(reading.Register.ToString()),
        DateTimeOffset.FromUnixTimeSeconds(reading.Start).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
        reading.Duration,
        reading.Quantity,
        JsonNamingPolicy.SnakeCaseLower.ConvertName(reading.Quality.ToString()),
        reading.Revision);

    public override string ToString() => $"{Register} {Start} {Seconds} s: {QuantityWh} Wh, {Quality}, revision {Revision}";
}
