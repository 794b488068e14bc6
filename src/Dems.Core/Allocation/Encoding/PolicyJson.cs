using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Dems.Core.Energy;

namespace Dems.Core.Allocation.Encoding;

/// <summary>
/// The text form of a policy, for genesis documents, ballots and people: rules and producer keys are objects whose <c>kind</c> comes first, addresses stand in bech32, shares in
/// 10⁻⁶, prices in 10⁻⁶ currency per kWh. Read strictly: an unknown, missing or repeated member is refused with its line. What is hashed and signed is the canonical form.
/// </summary>
public static class PolicyJson
{
    private static readonly JsonSerializerOptions Options = Configure(new JsonSerializerOptions(JsonSerializerOptions.Strict));

    /// <summary>Teaches options the members of a policy.</summary>
    public static JsonSerializerOptions Configure(JsonSerializerOptions options)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.CamelCase;
        options.WriteIndented = true;
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false));
        options.Converters.Add(new AddressConverter());
        options.TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { NameKinds, DropComputed } };
        return options;
    }

    /// <summary>Indented JSON.</summary>
    public static string Write(AllocationPolicy policy) => JsonSerializer.Serialize(policy, Options);

    /// <summary>Reads strictly and checks the policy; false with a reason otherwise.</summary>
    public static bool TryRead(string json, out AllocationPolicy policy, out string error)
    {
        policy = null!;
        try
        {
            if (JsonSerializer.Deserialize<AllocationPolicy>(json, Options) is not { } read)
            {
                error = "line 1: an object was expected";
                return false;
            }

            policy = read;
            error = read.Refusal() ?? "";
            return error.Length == 0;
        }
        catch (JsonException e)
        {
            error = $"line {(e.LineNumber ?? 0) + 1}: {e.Message}";
            return false;
        }
        catch (NotSupportedException e)
        {
            error = $"an object without 'kind', or not with it first: {e.Message}";
            return false;
        }
    }

    private static void NameKinds(JsonTypeInfo type)
    {
        if (type.Type == typeof(AllocationRule) || type.Type == typeof(ProducerKey))
        {
            type.PolymorphismOptions = new JsonPolymorphismOptions { TypeDiscriminatorPropertyName = "kind" };
            foreach (var kind in type.Type.GetNestedTypes().Where(kind => kind.BaseType == type.Type).OrderBy(kind => kind.Name, StringComparer.Ordinal))
            {
                type.PolymorphismOptions.DerivedTypes.Add(new JsonDerivedType(kind, JsonNamingPolicy.CamelCase.ConvertName(kind.Name)));
            }
        }
    }

    // What is computed is not said: reading it back would have no effect.
    private static void DropComputed(JsonTypeInfo type)
    {
        if (type.Kind == JsonTypeInfoKind.Object && type.Type.Namespace == typeof(AllocationPolicy).Namespace)
        {
            for (var i = type.Properties.Count - 1; i >= 0; i--)
            {
                if (type.Properties[i].Set is null && type.Properties[i].AssociatedParameter is null)
                {
                    type.Properties.RemoveAt(i);
                }
            }
        }
    }

    private sealed class AddressConverter : JsonConverter<NodeAddress>
    {
        public override NodeAddress Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            var text = reader.GetString() ?? throw new JsonException("an address was expected, not null");
            return NodeAddress.TryParse(text, out var address, out var error) ? address : throw new JsonException($"'{text}': {error}");
        }

        public override void Write(Utf8JsonWriter writer, NodeAddress value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
    }
}
