using Dems.Cli.Client;
using Dems.Core.Allocation;
using Dems.Formats;
using Dems.Formats.CityLearn;

namespace Dems.Cli.Offline;

/// <summary>From paths to the allocation of every carrier that was read.</summary>
internal static class OfflineRun
{
    public static async Task<OfflineSummary> RunAsync(OfflineRequest request, CancellationToken cancellationToken)
    {
        using var report = new RejectReport(request.Rejects);
        var template = new ImportContext("")
        {
            Rounding = request.Rounding,
            CityLearn = new CityLearnOptions { DeriveGridExchange = request.Basis != AllocationBasis.Gross },
        };
        var readings = await OfflineReadings.ReadAsync(ReadingSources.Open(request.Paths, report, template), report, cancellationToken);
        var carriers = readings.Points.Select(point => point.Carrier).Distinct().Order().ToList();
        if (carriers.Count == 0)
        {
            throw new CommandException(ExitCodes.Usage, $"No reading could be used; see {request.Rejects}.");
        }

        List<OfflineCarrier> allocated = [];
        List<string> leftOut = [];
        foreach (var carrier in carriers)
        {
            if (OfflineAllocation.TryRun(
                readings, carrier, nodes => OfflineRules.Choose(request.Rule, request.Preset, request.Basis, nodes), request.Interval, request.Pool, out var one, out var lacking))
            {
                allocated.Add(one);
            }
            else
            {
                leftOut.Add(lacking);
            }
        }

        if (allocated.Count == 0)
        {
            throw new CommandException(ExitCodes.Usage, string.Join("; ", leftOut) + ". Another --basis may fit.");
        }

        return new OfflineSummary
        {
            Readings = readings.Rows,
            RowsRejected = report.Rejected,
            RowsSkipped = report.Skipped,
            Report = report.Rejected + report.Skipped > 0 ? report.FilePath : null,
            Carriers = allocated,
            LeftOut = leftOut,
        };
    }
}
