namespace Dems.Contracts.Queries;

/// <summary>A member of the network, as genesis names it.</summary>
/// <param name="Index">Place in genesis; votes and promises name members by it.</param>
/// <param name="Name">Name.</param>
/// <param name="PublicKey">Validator key, X ‖ Y in hexadecimal.</param>
/// <param name="IsThisMember">Whether it is the member that answers.</param>
public sealed record MemberView(int Index, string Name, string PublicKey, bool IsThisMember);
