using Dems.Contracts.Submission;

namespace Dems.Ingest.Http;

/// <summary>One member's promise, as docs/format.md says how to check it. Hashes and signature are hexadecimal.</summary>
internal sealed record PromiseAnswer(int Member, long LatestHeight, int GroupSize, int Index, IReadOnlyList<string> Path, string Signature)
{
    public static PromiseAnswer Of(EntryPromise promise) => new(
        promise.Member,
        promise.LatestHeight,
        promise.GroupSize,
        promise.Index,
        [.. promise.Path.Select(hash => Convert.ToHexStringLower(hash.Span))],
        Convert.ToHexStringLower(promise.Signature.Span));
}
