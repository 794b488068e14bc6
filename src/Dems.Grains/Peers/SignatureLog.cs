using System.Text;
using Dems.Core.Consensus;
using Dems.Core.Ledger.Encoding;

namespace Dems.Grains.Peers;

/// <summary>
/// The votes and proposals that left a member, one line each: <c>vote</c> or <c>proposal</c>, a space, its canonical bytes in base64. A line is with the operating
/// system before the message leaves, so that it survives the process (though not the machine). The member never reads it: it is evidence for somebody else.
/// </summary>
public sealed class SignatureLog : IDisposable
{
    private const string VoteWord = "vote ";
    private const string ProposalWord = "proposal ";

    private readonly FileStream _file;

    /// <summary>Opens a log for appending, creating it if need be.</summary>
    public SignatureLog(string path) => _file = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.Read, bufferSize: 0);

    /// <summary>Appends a vote.</summary>
    public void Append(Vote vote) => Append(VoteWord, VoteCodec.Encode(vote));

    /// <summary>Appends a proposal.</summary>
    public void Append(Proposal proposal) => Append(ProposalWord, ProposalCodec.Encode(proposal));

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    /// <summary>Reads one line: one of the two is set. False for anything else, such as the torn last line of a process that was killed while it wrote.</summary>
    public static bool TryParse(string line, out Vote? vote, out Proposal? proposal)
    {
        (vote, proposal) = (null, null);
        var isVote = line.StartsWith(VoteWord, StringComparison.Ordinal);
        if (!isVote && !line.StartsWith(ProposalWord, StringComparison.Ordinal))
        {
            return false;
        }

        var text = line.AsSpan((isVote ? VoteWord : ProposalWord).Length);
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64Chars(text, bytes, out var length)
            && (isVote ? VoteCodec.TryDecode(bytes.AsMemory(0, length), out vote, out _) : ProposalCodec.TryDecode(bytes.AsMemory(0, length), out proposal, out _));
    }

    private void Append(string word, byte[] bytes) => _file.Write(Encoding.ASCII.GetBytes($"{word}{Convert.ToBase64String(bytes)}\n"));
}
