namespace Dems.Contracts.Settlement;

/// <summary>What one party owes or is owed for a period.</summary>
/// <param name="Party">Address of the party.</param>
/// <param name="Period">The days, as an ISO 8601 interval with the end exclusive.</param>
/// <param name="Currency">ISO 4217 code.</param>
/// <param name="Hash">Hash of the statement in hexadecimal.</param>
/// <param name="AsOf">Height of the newest block that it counts.</param>
/// <param name="Ballot">Content id of the ballot that closed the period; null for a preview.</param>
/// <param name="Sections">Per node, contract and tariff.</param>
/// <param name="Steps">Each step of the arithmetic.</param>
/// <param name="Due">What the party owes the community, with VAT and currency; negative is paid out.</param>
/// <param name="DueUnits">The same in the currency's smallest unit.</param>
public sealed record StatementView(
    string Party,
    string Period,
    string Currency,
    string Hash,
    long AsOf,
    string? Ballot,
    IReadOnlyList<StatementSectionView> Sections,
    IReadOnlyList<string> Steps,
    string Due,
    long DueUnits);
