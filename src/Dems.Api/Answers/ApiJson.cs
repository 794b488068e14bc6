using System.Text.Json;
using System.Text.Json.Serialization;
using Dems.Contracts.Queries;
using Dems.Contracts.Settlement;

namespace Dems.Api.Answers;

/// <summary>Generated serializers of the answers.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(MemberList))]
[JsonSerializable(typeof(ChainList))]
[JsonSerializable(typeof(NodePage))]
[JsonSerializable(typeof(NodeView))]
[JsonSerializable(typeof(ReadingsPage))]
[JsonSerializable(typeof(HeadView))]
[JsonSerializable(typeof(BlockView))]
[JsonSerializable(typeof(EntryView))]
[JsonSerializable(typeof(InclusionProofView))]
[JsonSerializable(typeof(ConsistencyProofView))]
[JsonSerializable(typeof(ReceiptView))]
[JsonSerializable(typeof(GovernanceView))]
[JsonSerializable(typeof(BallotPage))]
[JsonSerializable(typeof(BallotView))]
[JsonSerializable(typeof(ElectorView))]
[JsonSerializable(typeof(TallyProofView))]
[JsonSerializable(typeof(TrialView))]
[JsonSerializable(typeof(PoolView))]
[JsonSerializable(typeof(PoolNodePage))]
[JsonSerializable(typeof(IntervalPage))]
[JsonSerializable(typeof(IntervalView))]
[JsonSerializable(typeof(MissingList))]
[JsonSerializable(typeof(PoolBalance))]
[JsonSerializable(typeof(JsonElement))]
[JsonSerializable(typeof(SettlementView))]
[JsonSerializable(typeof(StatementView))]
[JsonSerializable(typeof(StatementProofView))]
[JsonSerializable(typeof(WhyView))]
[JsonSerializable(typeof(WhatIfRequest))]
[JsonSerializable(typeof(WhatIfView))]
[JsonSerializable(typeof(HealthAnswer))]
internal sealed partial class ApiJson : JsonSerializerContext;
