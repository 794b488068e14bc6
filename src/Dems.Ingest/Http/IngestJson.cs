using System.Text.Json;
using System.Text.Json.Serialization;

namespace Dems.Ingest.Http;

/// <summary>Generated serializers of the answers.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(BatchAnswer))]
[JsonSerializable(typeof(IReadOnlyList<EntryAnswer>))]
internal sealed partial class IngestJson : JsonSerializerContext;
