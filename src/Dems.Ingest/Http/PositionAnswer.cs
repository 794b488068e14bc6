using System.ComponentModel;

namespace Dems.Ingest.Http;

[Description("Where an entry stands on its chain.")]
internal sealed record PositionAnswer(
    [property: Description("Name of the pool whose chain it is.")] string Pool,
    [property: Description("Place among the chain's entries, from 0.")] long Index,
    [property: Description("Block that ordered it.")] long Height,
    [property: Description("Leaf hash of the bytes on the chain. They may carry another signature than the bytes of this request: the content is the same.")] string Leaf);
