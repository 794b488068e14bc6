using Dems.Core.Energy;

namespace Dems.Storage.Projections;

/// <summary>Totals of one node's readings.</summary>
internal readonly record struct NodeRow(long Id, NodeAddress Address, long Readings, long FirstStart, long LastEnd);
