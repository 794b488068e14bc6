namespace Dems.Contracts.Settlement;

/// <summary>The part of a statement about one node and carrier while one contract and one tariff held.</summary>
/// <param name="Node">Address of the node.</param>
/// <param name="Carrier">The carrier.</param>
/// <param name="From">First second.</param>
/// <param name="Until">First second after it.</param>
/// <param name="TariffVersion">Version of the tariff.</param>
/// <param name="Energy">Energy of its intervals.</param>
/// <param name="Lines">Its lines. All count the intervals of <paramref name="Evidence"/>.</param>
/// <param name="Evidence">The intervals with the rows that prove them.</param>
public sealed record StatementSectionView(
    string Node,
    string Carrier,
    DateTimeOffset From,
    DateTimeOffset Until,
    int TariffVersion,
    EnergyView Energy,
    IReadOnlyList<StatementLineView> Lines,
    IReadOnlyList<EvidenceView> Evidence);
