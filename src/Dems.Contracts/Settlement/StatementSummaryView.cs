namespace Dems.Contracts.Settlement;

/// <summary>A statement in a line.</summary>
/// <param name="Party">Address of the party.</param>
/// <param name="Hash">Hash of the statement in hexadecimal.</param>
/// <param name="Energy">Energy of all its nodes.</param>
/// <param name="Due">What the party owes the community, with VAT and currency; negative is paid out.</param>
/// <param name="DueUnits">The same in the currency's smallest unit.</param>
public sealed record StatementSummaryView(string Party, string Hash, EnergyView Energy, string Due, long DueUnits);
