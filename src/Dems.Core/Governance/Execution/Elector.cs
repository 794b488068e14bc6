using Dems.Core.Energy;

namespace Dems.Core.Governance.Execution;

/// <summary>One place of a frozen electorate.</summary>
/// <param name="Address">The party's address, or that of a member's validator key.</param>
/// <param name="Weight">Its weight; whoever has 0 is no elector, and only keeps the places of the others.</param>
/// <param name="Choice">Its vote; null while there is none.</param>
internal readonly record struct Elector(NodeAddress Address, long Weight, BallotChoice? Choice);
