using System.CommandLine;
using Dems.Cli.Offline;
using Dems.Core.Allocation;

namespace Dems.Cli.Commands;

/// <summary>Options that choose an allocation policy.</summary>
internal static class PolicyOptions
{
    public static Option<string?> Rule() => new("--rule") { Description = $"{OfflineRules.Listing}, or a JSON file with a whole policy. Tables are filled evenly." };

    public static Option<string?> Preset() => new("--preset") { Description = "A country's code or a preset's name, such as it or at-dynamic (docs/allocation.md); --rule replaces its rule." };

    public static Option<string?> Basis()
    {
        var basis = new Option<string?>("--basis") { Description = "grid: import and export; gross: consumption and generation. Left out, the preset says." };
        basis.AcceptOnlyFromAmong("grid", "gross");
        return basis;
    }

    public static AllocationBasis? BasisOf(string? word) => word switch { "grid" => AllocationBasis.Grid, "gross" => AllocationBasis.Gross, _ => null };
}
