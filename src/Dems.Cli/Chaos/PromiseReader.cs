using System.Text.Json;
using Dems.Core;
using Dems.Core.Crypto;
using Dems.Core.Ledger;
using Dems.Core.Ledger.Merkle;
using Dems.Replication.Protocol;

namespace Dems.Cli.Chaos;

/// <summary>Reads the answer of <c>POST /v1/batches</c> for one entry as a distrustful sender would: a promise counts if f + 1 members signed it for this very content.</summary>
internal sealed class PromiseReader(Genesis genesis, ChainId chain, ISignatureVerifier verifier)
{
    /// <summary>The promise in an answer; null if the answer holds none for this content. Throws if it claims one that does not hold.</summary>
    /// <exception cref="InvalidDataException">A promise is malformed, wrongly signed, or about something else.</exception>
    public Promised? Read(JsonElement answer, ContentId content)
    {
        var entry = answer.GetProperty("entries")[0];
        switch (entry.GetProperty("outcome").GetString())
        {
            case "final":
                return new Promised(content, entry.GetProperty("position").GetProperty("height").GetInt64());
            case "promised":
                break;
            default:
                return null;
        }

        var signers = new HashSet<int>();
        var latest = long.MaxValue;
        foreach (var promise in entry.GetProperty("promises").EnumerateArray())
        {
            var (member, height) = Check(promise, content);
            signers.Add(member);
            latest = Math.Min(latest, height);
        }

        return signers.Count >= genesis.Validators.OneHonest
            ? new Promised(content, latest)
            : throw new InvalidDataException($"Content {content} was answered as promised by {signers.Count} members, {genesis.Validators.OneHonest} are needed.");
    }

    private (int Member, long LatestHeight) Check(JsonElement promise, ContentId content)
    {
        var member = promise.GetProperty("member").GetInt32();
        var size = promise.GetProperty("treeSize").GetInt32();
        var height = new Height(promise.GetProperty("latestHeight").GetInt64());
        List<Hash32> path = [.. promise.GetProperty("path").EnumerateArray().Select(hash => new Hash32(Convert.FromHexString(hash.GetString()!)))];
        var proof = new InclusionProof(promise.GetProperty("index").GetInt32(), size, path);
        return proof.TryComputeRoot(MerkleHash.Leaf(content.Value.ToArray()), out var root)
            && member >= 0 && member < genesis.Members.Count
            && new GroupPromise(chain, member, height, size, root, promise.GetProperty("signature").GetBytesFromBase64()).IsSignedBy(genesis.Members[member].Key, verifier)
            ? (member, height.Value)
            : throw new InvalidDataException($"A promise for content {content} does not hold: {promise}");
    }
}
