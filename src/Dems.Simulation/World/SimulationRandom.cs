using System.Numerics;

namespace Dems.Simulation.World;

/// <summary>
/// The only source of chance of a simulation: xoshiro256** (Blackman and Vigna, 2018), seeded by splitmix64. Integers only, so that a seed gives the same
/// run on every machine and every runtime.
/// </summary>
internal sealed class SimulationRandom
{
    private ulong _a;
    private ulong _b;
    private ulong _c;
    private ulong _d;

    public SimulationRandom(ulong seed)
    {
        (_a, _b, _c, _d) = (Mix(ref seed), Mix(ref seed), Mix(ref seed), Mix(ref seed));
    }

    /// <summary>64 random bits.</summary>
    public ulong NextBits()
    {
        var result = BitOperations.RotateLeft(_b * 5, 7) * 9;
        var shifted = _b << 17;
        _c ^= _a;
        _d ^= _b;
        _b ^= _c;
        _a ^= _d;
        _c ^= shifted;
        _d = BitOperations.RotateLeft(_d, 45);
        return result;
    }

    /// <summary>0…<paramref name="bound"/> − 1; the bias of the multiplication is below 2⁻³².</summary>
    public int Below(int bound)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bound, 1);
        return (int)(((NextBits() >> 32) * (ulong)bound) >> 32);
    }

    /// <summary><paramref name="least"/>…<paramref name="most"/>, both included.</summary>
    public int Between(int least, int most) => least + Below(most - least + 1);

    /// <summary>True so many times of a thousand.</summary>
    public bool Chance(int permille) => Below(1_000) < permille;

    /// <summary>One of the items.</summary>
    public T Pick<T>(IReadOnlyList<T> items) => items[Below(items.Count)];

    /// <summary>A generator of its own: what draws from it does not shift the draws of anybody else.</summary>
    public SimulationRandom Fork() => new(NextBits());

    private static ulong Mix(ref ulong state)
    {
        state += 0x9E3779B97F4A7C15;
        var z = state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
