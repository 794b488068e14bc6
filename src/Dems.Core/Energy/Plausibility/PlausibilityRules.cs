namespace Dems.Core.Energy.Plausibility;

/// <summary>
/// Judges readings one after the other: pure rules over integers, so that every member and every rebuild of the query tables marks the same. Energies are compared
/// by cross-multiplication, so nothing is rounded.
/// </summary>
public sealed class PlausibilityRules
{
    /// <summary>Percent of a declared limit that is still plausible: meters and declarations have tolerances.</summary>
    public const int MarginPercent = 110;

    /// <summary>How many times the highest power seen a register may show without a mark.</summary>
    public const int JumpFactor = 20;

    /// <summary>Power in W below which nothing is a jump, as if every register had shown it once.</summary>
    public const int JumpFloorW = 500;

    /// <summary>Seconds by which an interval may end after the time of judging: clocks differ.</summary>
    public const int FutureTolerance = 300;

    private const int SecondsPerHour = 3_600;

    private readonly long? _powerW;
    private readonly long? _capacityWh;
    private readonly long _now;

    // The highest mean power so far as a fraction: Wh per seconds. No seconds: nothing seen yet.
    private long _highestWh;
    private int _highestSeconds;

    /// <summary>Rules for one register of one node.</summary>
    /// <param name="register">The register.</param>
    /// <param name="limits">What the node can do.</param>
    /// <param name="history">Readings of the register that are there already, in time order. Jumps among them do not count as seen, so that it makes no difference in how many
    /// batches readings come.</param>
    /// <param name="now">Time of judging in seconds since 1970-01-01T00:00:00Z.</param>
    public PlausibilityRules(Register register, NodeLimits limits, IEnumerable<Reading> history, long now)
    {
        (_powerW, _capacityWh, _now) = (limits.PowerOf(register), limits.CapacityWh, now);
        foreach (var reading in history)
        {
            See(reading);
        }
    }

    /// <summary>Judges the next reading, which then counts as seen unless it is a jump.</summary>
    public Implausibility Judge(in Reading reading)
    {
        var marks = reading.Start + reading.Duration > _now + FutureTolerance ? Implausibility.Future : Implausibility.None;
        if (reading.Register == Register.StateOfCharge)
        {
            return marks | (Exceeds(reading.Quantity, _capacityWh) ? Implausibility.AboveCapacity : Implausibility.None);
        }

        if (_powerW is { } power && (Int128)reading.Quantity * SecondsPerHour * 100 > (Int128)power * reading.Duration * MarginPercent)
        {
            marks |= Implausibility.AbovePowerLimit;
        }

        return See(reading) ? marks : marks | Implausibility.Jump;
    }

    private static bool Exceeds(long quantity, long? limit) => limit is { } known && (Int128)quantity * 100 > (Int128)known * MarginPercent;

    private bool IsJump(in Reading reading)
    {
        // For an integer q, q · 3600 > x says the same as q > ⌊x / 3600⌋.
        var isAboveFloor = reading.Quantity > (long)JumpFloorW * JumpFactor * reading.Duration / SecondsPerHour;
        return isAboveFloor && _highestSeconds > 0 && IsAbove(reading, JumpFactor);
    }

    /// <summary>Whether a reading shows more than some times the highest power so far. Readings of a register mostly have one length.</summary>
    private bool IsAbove(in Reading reading, long factor) => reading.Duration == _highestSeconds
        ? reading.Quantity > _highestWh * factor
        : (Int128)reading.Quantity * _highestSeconds > (Int128)_highestWh * factor * reading.Duration;

    /// <summary>Takes a reading as seen; false if it is a jump, which a register must not get used to.</summary>
    private bool See(in Reading reading)
    {
        if (IsJump(reading))
        {
            return false;
        }

        if (_highestSeconds == 0 || IsAbove(reading, factor: 1))
        {
            (_highestWh, _highestSeconds) = (reading.Quantity, reading.Duration);
        }

        return true;
    }
}
