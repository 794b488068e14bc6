namespace Dems.Contracts.Settlement;

/// <summary>A line of a statement.</summary>
/// <param name="Name">As the tariff names it.</param>
/// <param name="Kind">What it is for.</param>
/// <param name="Payee">Who is on the other side.</param>
/// <param name="EnergyWh">Energy that it counts; 0 for fixed fees.</param>
/// <param name="Net">Amount without VAT, with currency; negative is owed to the party.</param>
/// <param name="NetUnits">The same in the currency's smallest unit.</param>
/// <param name="VatPpm">VAT rate in millionths.</param>
public sealed record StatementLineView(string Name, string Kind, string Payee, long EnergyWh, string Net, long NetUnits, int VatPpm);
