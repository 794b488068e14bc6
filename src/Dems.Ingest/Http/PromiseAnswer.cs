using System.ComponentModel;
using Dems.Contracts.Submission;

namespace Dems.Ingest.Http;

[Description("One member's signed promise. The signature covers the root of a small tree of content ids (docs/format.md); the path leads there from this entry's.")]
internal sealed record PromiseAnswer(
    [property: Description("Index of the member in the network's genesis.")] int Member,
    [property: Description("The entry is ordered at this height at the latest.")] long LatestHeight,
    [property: Description("Content ids under the signature.")] int TreeSize,
    [property: Description("Place of this entry's content id among them.")] int Index,
    [property: Description("RFC 9162 inclusion path, from the leaf upwards; 32 bytes each in hexadecimal.")] IReadOnlyList<string> Path,
    [property: Description("64 bytes r ‖ s in base64.")] string Signature)
{
    public static PromiseAnswer Of(EntryPromise promise) => new(
        promise.Member,
        promise.LatestHeight,
        promise.GroupSize,
        promise.Index,
        [.. promise.Path.Select(hash => Convert.ToHexStringLower(hash.Span))],
        Convert.ToBase64String(promise.Signature.Span));
}
