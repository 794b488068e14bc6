namespace Dems.Core.Settlement.Statements;

/// <summary>Cuts the period of each node and carrier by contracts and tariffs.</summary>
internal static class SectionPlan
{
    /// <summary>Empty sections, ascending by node, carrier and time; false with a reason if contracts contradict each other or a tariff is missing.</summary>
    public static bool TryMake(SettlementInput input, out List<SectionDraft> drafts, out string error)
    {
        drafts = [];
        var contracts = input.Contracts.Order().ToArray();
        var pricing = new TariffPricing();
        for (var i = 0; i < contracts.Length; i++)
        {
            var contract = contracts[i];
            error = Refusal(contract, i > 0 ? contracts[i - 1] : null) ?? "";
            var period = input.Time.SpanOf(input.Period, contract.Carrier);
            var span = period.Intersect(contract.Span);
            if (error.Length == 0 && !span.IsEmpty)
            {
                var pieces = input.Tariffs.Cut(span).ToList();
                error = pieces.Count > 0 && pieces[0].Span.Start == span.Start ? "" : "no tariff holds when it begins";
                drafts.AddRange(pieces.Select(piece =>
                    new SectionDraft(contract, piece.Span, period, piece.Tariff, pricing.PricersFor(piece.Tariff, contract.Carrier, contract.Group))));
            }

            if (error.Length > 0)
            {
                error = $"contract of {contract.Node}, {contract.Carrier}, from {contract.From}: {error}";
                return false;
            }
        }

        error = "";
        return true;
    }

    private static string? Refusal(NodeContract contract, NodeContract? before)
    {
        if (contract.From >= contract.Until)
        {
            return $"ends at {contract.Until}, not after it begins";
        }

        if (contract.Group.Length > 0 && Tariffs.TariffRules.NameRefusal(contract.Group) is { } group)
        {
            return $"group: {group}";
        }

        return before is not null && before.Node == contract.Node && before.Carrier == contract.Carrier && before.Until > contract.From ? "overlaps another contract" : null;
    }
}
