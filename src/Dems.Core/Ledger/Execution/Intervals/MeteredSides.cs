using Dems.Core.Allocation;
using Dems.Core.Energy;

namespace Dems.Core.Ledger.Execution.Intervals;

/// <summary>
/// Which registers allocation reads of a node, and which of them an interval cannot do without. A metering point meters one carrier: that of its first source. A node needs
/// its consumption side unless all its sources only produce, and its production side if one of them can.
/// </summary>
internal static class MeteredSides
{
    /// <summary>The register of the consumption side.</summary>
    public static Register Consumption(AllocationBasis basis) => basis == AllocationBasis.Grid ? Register.Import : Register.Consumption;

    /// <summary>The register of the production side.</summary>
    public static Register Production(AllocationBasis basis) => basis == AllocationBasis.Grid ? Register.Export : Register.Generation;

    /// <summary>Whether an interval waits for this node's consumption.</summary>
    public static bool NeedsConsumption(NodeRecord node) => node.Sources.Any(source => !ProducesOnly(source.Kind));

    /// <summary>Whether an interval waits for this node's production.</summary>
    public static bool NeedsProduction(NodeRecord node) => node.Sources.Any(source => ProducesOnly(source.Kind) || source.Kind == SourceKind.Battery);

    /// <summary>Number of sides that an interval waits for: 1 or 2.</summary>
    public static int CountOf(NodeRecord node) => (NeedsConsumption(node) ? 1 : 0) + (NeedsProduction(node) ? 1 : 0);

    private static bool ProducesOnly(SourceKind kind) => kind is SourceKind.Photovoltaic or SourceKind.Wind or SourceKind.Chp;
}
