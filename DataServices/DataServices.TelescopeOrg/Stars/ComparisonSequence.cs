namespace DataServices.TelescopeOrg;

/// <summary>The comparison stars around a variable one.</summary>
/// <param name="Star">Name.</param>
/// <param name="ChartId">The AAVSO's number of the chart, to be given with an observation.</param>
/// <param name="Position">Of the variable star, J2000; null when the service does not say.</param>
/// <param name="FieldArcmin">Width of the field, arcminutes.</param>
/// <param name="LimitingMagnitude">Faintest magnitude.</param>
/// <param name="Stars">The comparison stars, the brightest label first.</param>
public sealed record ComparisonSequence(
    string Star, string ChartId, SkyPosition? Position, double FieldArcmin, double LimitingMagnitude, IReadOnlyList<ComparisonStar> Stars);
