namespace Dems.Cli.Simulator;

/// <summary>SplitMix64 (Steele, Lea, Flood 2014): a small generator whose sequence is the same on every machine and in every version of the runtime.</summary>
internal struct SplitMix(ulong seed)
{
    private ulong _state = seed;

    /// <summary>64 bits.</summary>
    public ulong Next()
    {
        unchecked
        {
            _state += 0x9E3779B97F4A7C15;
            var z = _state;
            z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9;
            z = (z ^ z >> 27) * 0x94D049BB133111EB;
            return z ^ z >> 31;
        }
    }

    /// <summary>An integer in [min, max].</summary>
    public long Between(long min, long max) => min + (long)(Next() % (ulong)(max - min + 1));
}
