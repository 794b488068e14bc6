namespace Dems.Core.Settlement.Tariffs;

/// <summary>What a tariff line is for. Numbers are part of encoded tariffs.</summary>
public enum LineKind
{
    /// <summary>Price of shared energy: charged on what a node receives, credited on what it gives.</summary>
    InternalPrice = 1,

    /// <summary>Credit for what is exported beyond the pool.</summary>
    FeedIn = 2,

    /// <summary>Price of residual import.</summary>
    GridPrice = 3,

    /// <summary>For the use of a grid.</summary>
    NetworkFee = 4,

    /// <summary>For the community's own costs.</summary>
    CommunityFee = 5,

    /// <summary>Taxes and levies on energy other than VAT.</summary>
    Levy = 6,

    /// <summary>A fixed amount for each metering point and period.</summary>
    FixedFee = 7,
}
