using System.ComponentModel;
using System.Text.Json.Serialization;

namespace Dems.Ingest.Http;

[Description("What became of one entry of a request.")]
internal sealed record EntryAnswer(
    [property: Description("Place of the entry in the request, from 0.")] int Entry,
    [property: Description("What became of it.")] Standing Outcome,
    [property: Description("Whether the member holds it. What is kept needs no sending again.")] bool Kept)
{
    [Description("Content id: names what was signed, whatever the signature. Absent if the entry does not open.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Content { get; init; }

    [Description("Leaf hash of the entry's bytes, after its signature was made low-S.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Leaf { get; init; }

    [Description("Whether the same content was here before: a retransmission, answered like the first time.")]
    public bool Repeated { get; init; }

    [Description("Where it stands, once it is final.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public PositionAnswer? Position { get; init; }

    [Description("Promises of distinct members. None if it was final already or only stored.")]
    public IReadOnlyList<PromiseAnswer> Promises { get; init; } = [];

    [Description("Content id that stands under this signer and sequence.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? HeldContent { get; init; }

    [Description("The field at fault.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Field { get; init; }

    [Description("What is wrong with it and what to do.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Reason { get; init; }

    [Description("What is wrong, for programs: the reason for which an entry does not open.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Code { get; init; }
}
