using System.ComponentModel;
using System.Text.Json.Serialization;
using Dems.Contracts.Queries;

namespace Dems.Ingest.Http;

[Description("Where an entry stands on its chain.")]
internal sealed record PositionAnswer(
    [property: Description("Name of the pool whose chain it is.")] string Pool,
    [property: Description("Place among the chain's entries, from 0.")] long Index,
    [property: Description("Block that ordered it.")] long Height,
    [property: Description("Leaf hash of the bytes on the chain. They may carry another signature than the bytes of this request: the content is the same.")] string Leaf)
{
    [Description("What became of it when its block was executed. Absent while this member does not know it yet.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public OutcomeView? Result { get; init; }

    [Description("Receipt of the entry and its result, base64: self-contained, to be kept (docs/receipts.md). With `wait=final` only.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public byte[]? Receipt { get; init; }
}
