using System.CommandLine;
using Dems.Core.Energy;
using Dems.Core.Ledger.Entries;

namespace Dems.Cli.Governance;

/// <summary>The options that say what a node offers or requests.</summary>
internal sealed class TermsOptions
{
    private readonly Option<string> _carrier = new("--carrier") { Description = "The carrier.", DefaultValueFactory = _ => "electricity" };
    private readonly Option<long> _quantity = new("--wh") { Description = "Offer, request: Wh over the whole range." };
    private readonly Option<long> _price = new("--price") { Description = "Offer, request: price in millionths of the currency per kWh." };
    private readonly Option<DateTimeOffset?> _start = new("--start") { Description = "Offer, request: first second of the range (RFC 3339)." };
    private readonly Option<DateTimeOffset?> _end = new("--end") { Description = "Offer, request: first second after it." };

    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { _carrier, _quantity, _price, _start, _end })
        {
            command.Options.Add(option);
        }
    }

    public MessageTerms Read(ParseResult result)
    {
        if (result.GetValue(_start) is not { } start || result.GetValue(_end) is not { } end)
        {
            throw new CommandException(ExitCodes.Usage, $"An offer or request needs {_start.Name} and {_end.Name}.");
        }

        var name = result.GetValue(_carrier)!;
        return Enum.TryParse<Carrier>(name.Replace("_", "", StringComparison.Ordinal), ignoreCase: true, out var carrier) && Enum.IsDefined(carrier)
            ? new MessageTerms(carrier, result.GetValue(_quantity), result.GetValue(_price), start.ToUnixTimeSeconds(), end.ToUnixTimeSeconds())
            : throw new CommandException(ExitCodes.Usage, $"{_carrier.Name}: '{name}' is no carrier.");
    }
}
