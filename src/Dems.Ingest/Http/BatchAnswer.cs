using System.ComponentModel;
using System.Text.Json.Serialization;

namespace Dems.Ingest.Http;

[Description("The answer to a request whose entries were all taken.")]
internal sealed record BatchAnswer(
    [property: Description("How safe the least safe of them is.")] Durability Durability,
    [property: Description("One answer per entry, in order.")] IReadOnlyList<EntryAnswer> Entries)
{
    [Description("What the sender should know: that the entries are on one disk only, or that the wait ended before the block came.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Note { get; init; }
}
