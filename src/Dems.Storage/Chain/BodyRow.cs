using Dems.Core;
using Dems.Core.Ledger;

namespace Dems.Storage.Chain;

/// <summary>What indexes a stored body, without its bytes.</summary>
/// <param name="Id">Rowid.</param>
/// <param name="Leaf">Hash of the bytes.</param>
/// <param name="Content">Names what was signed.</param>
/// <param name="Signer">Fingerprint of the signing key.</param>
/// <param name="Sequence">The signer's nonce.</param>
internal readonly record struct BodyRow(long Id, LeafHash Leaf, ContentId Content, Hash32 Signer, long Sequence);
