namespace Dems.Api;

/// <summary>How long an answer holds. Neither kind is marked public: what needs a token to be read must not stay in a shared cache.</summary>
internal static class Cached
{
    /// <summary>It never changes: final blocks and entries, proofs between stated sizes.</summary>
    public static Cacheable<T> Forever<T>(T value) => new(value, "max-age=31536000, immutable");

    /// <summary>It may change at any time: ask again, with the entity tag.</summary>
    public static Cacheable<T> Never<T>(T value) => new(value, "no-cache");
}
