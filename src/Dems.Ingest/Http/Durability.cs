using System.Text.Json.Serialization;

namespace Dems.Ingest.Http;

/// <summary>How safe an entry is; also what <c>?wait=</c> asks for. Ascending.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Durability>))]
internal enum Durability
{
    /// <summary>On this member's disk only: lost if that disk is.</summary>
    [JsonStringEnumMemberName("local")]
    Local,

    /// <summary>On the disks of f + 1 members, who promise that it will be ordered.</summary>
    [JsonStringEnumMemberName("promise")]
    Promise,

    /// <summary>In a block that nothing can change.</summary>
    [JsonStringEnumMemberName("final")]
    Final,
}
