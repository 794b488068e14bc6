namespace Dems.Contracts.Queries;

/// <summary>A final block with its proof. Hashes and signatures are hexadecimal.</summary>
/// <param name="Height">Height.</param>
/// <param name="Hash">Hash of the header.</param>
/// <param name="Header">The canonical header bytes, base64: hashing them gives <paramref name="Hash"/>.</param>
/// <param name="Round">Round in which the header was first proposed.</param>
/// <param name="Time">The proposer's time.</param>
/// <param name="Proposer">Index of the first proposer.</param>
/// <param name="Previous">Hash of the previous header.</param>
/// <param name="TreeSize">Entries on the chain after this block.</param>
/// <param name="TreeRoot">RFC 9162 root over them.</param>
/// <param name="ResultsRoot">Root over the results of the previous block.</param>
/// <param name="StateRoot">Root of the state after the previous block.</param>
/// <param name="FirstIndex">Index of the block's first entry.</param>
/// <param name="Leaves">Leaf hashes of its entries, in order.</param>
/// <param name="Certificate">The precommits that make it final.</param>
public sealed record BlockView(
    long Height,
    string Hash,
    string Header,
    int Round,
    DateTimeOffset Time,
    int Proposer,
    string Previous,
    long TreeSize,
    string TreeRoot,
    string ResultsRoot,
    string StateRoot,
    long FirstIndex,
    IReadOnlyList<string> Leaves,
    CertificateView Certificate);
