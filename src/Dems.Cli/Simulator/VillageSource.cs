using System.Runtime.CompilerServices;
using System.Text;
using Dems.Core;
using Dems.Core.Energy;
using Dems.Formats;
using Dems.Ingest.Importing;

namespace Dems.Cli.Simulator;

/// <summary>Readings of a simulated village: a function of seed, number of homes and days.</summary>
internal sealed class VillageSource(int homes, int days, ulong seed) : IReadingSource
{
    // 2026-03-20T00:00:00Z, an equinox.
    private const long FirstSecond = 1_773_964_800;

    private readonly IReadOnlyList<Household> _village = Household.Village(homes, seed);

    public string Name => $"simulated village (seed {seed}, {homes} homes, {days} days)";

    public Task<Hash32> IdentifyAsync(CancellationToken cancellationToken) =>
        Task.FromResult(Hash32.Of(Encoding.UTF8.GetBytes($"village 1 {seed} {homes} {days}")));

    public async IAsyncEnumerable<ImportRow> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // The order of a real feed: all homes of an interval, then the next interval.
        var sky = new SplitMix(seed ^ 0x5DEECE66D);
        var meters = _village.Select((home, i) => (Home: home, Day: new HouseholdDay(home, seed + (ulong)i * 7_919 + 1))).ToList();
        var line = 0L;
        var (electricity, gas) = (new List<Reading>(), new List<Reading>());
        for (var interval = 0; interval < days * HouseholdDay.IntervalsPerDay; interval++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var cloud = (int)sky.Between(30, 100);
            foreach (var (home, day) in meters)
            {
                line++;
                electricity.Clear();
                gas.Clear();
                day.Next(FirstSecond + (long)interval * HouseholdDay.IntervalSeconds, interval % HouseholdDay.IntervalsPerDay, cloud, electricity, gas);
                foreach (var reading in electricity)
                {
                    yield return new ImportRow.Accepted(new ImportedReading(home.Name, Carrier.Electricity, reading, line));
                }

                foreach (var reading in gas)
                {
                    yield return new ImportRow.Accepted(new ImportedReading(home.Name, Carrier.NaturalGas, reading, line));
                }
            }

            // Gives way now and then: everything before is synchronous.
            await Task.Yield();
        }
    }
}
