using System.ComponentModel;

namespace Dems.Api.Answers;

[Description("A receipt for those who read JSON. Kept and handed on is the file in `receipt`.")]
internal sealed record ReceiptView(
    [property: Description("Content id of the entry.")] string Content,
    [property: Description("The self-contained receipt (CBOR, docs/format.md), base64.")] string Receipt,
    [property: Description("The COSE Receipt in it (RFC 9942), base64.")] string Statement);
