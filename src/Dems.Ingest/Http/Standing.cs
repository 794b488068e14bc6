using System.Text.Json.Serialization;

namespace Dems.Ingest.Http;

/// <summary>What became of one entry of a request.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Standing>))]
internal enum Standing
{
    /// <summary>Kept on this member's disk.</summary>
    [JsonStringEnumMemberName("stored")]
    Stored,

    /// <summary>Kept, and promised by f + 1 members.</summary>
    [JsonStringEnumMemberName("promised")]
    Promised,

    /// <summary>Ordered by a block.</summary>
    [JsonStringEnumMemberName("final")]
    Final,

    /// <summary>Kept on this member's disk, but too few members promised in time. Sending it again asks them again.</summary>
    [JsonStringEnumMemberName("unpromised")]
    Unpromised,

    /// <summary>Not kept: too much is waiting.</summary>
    [JsonStringEnumMemberName("busy")]
    Busy,

    /// <summary>Not kept: the chain does not run here now.</summary>
    [JsonStringEnumMemberName("unavailable")]
    Unavailable,

    /// <summary>Ordered by a block, and refused when that was executed: sending it again changes nothing.</summary>
    [JsonStringEnumMemberName("refused")]
    Refused,

    /// <summary>Not kept: other content stands under this signer and sequence.</summary>
    [JsonStringEnumMemberName("sequence-taken")]
    SequenceTaken,

    /// <summary>Not kept: longer than an entry may be.</summary>
    [JsonStringEnumMemberName("too-large")]
    TooLarge,

    /// <summary>Not kept: it does not open, or its signer may not say this.</summary>
    [JsonStringEnumMemberName("invalid")]
    Invalid,
}
