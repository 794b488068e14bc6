using System.Numerics;

namespace Dems.Core.Tests.Allocation.Reference;

/// <summary>A rational number, not reduced; the denominator is positive.</summary>
internal readonly record struct Ratio(BigInteger Over, BigInteger Under) : IComparable<Ratio>
{
    public BigInteger Floor => (Over - BigInteger.Remainder(BigInteger.Remainder(Over, Under) + Under, Under)) / Under;

    public BigInteger Ceiling => -(-this).Floor;

    public int CompareTo(Ratio other) => (Over * other.Under).CompareTo(other.Over * Under);

    public static implicit operator Ratio(BigInteger whole) => new(whole, 1);

    public static implicit operator Ratio(long whole) => new(whole, 1);

    public static Ratio operator -(Ratio x) => new(-x.Over, x.Under);

    public static Ratio operator +(Ratio x, Ratio y) => new(x.Over * y.Under + y.Over * x.Under, x.Under * y.Under);

    public static Ratio operator -(Ratio x, Ratio y) => x + -y;

    public static Ratio operator *(Ratio x, Ratio y) => new(x.Over * y.Over, x.Under * y.Under);

    public static Ratio operator /(Ratio x, Ratio y) => y.Over > 0 ? new(x.Over * y.Under, x.Under * y.Over) : throw new DivideByZeroException();

    public static bool operator <(Ratio x, Ratio y) => x.CompareTo(y) < 0;

    public static bool operator >(Ratio x, Ratio y) => x.CompareTo(y) > 0;

    public static bool operator <=(Ratio x, Ratio y) => x.CompareTo(y) <= 0;

    public static bool operator >=(Ratio x, Ratio y) => x.CompareTo(y) >= 0;
}
