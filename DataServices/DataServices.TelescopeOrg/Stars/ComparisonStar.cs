namespace DataServices.TelescopeOrg;

/// <summary>A star of known brightness near a variable one.</summary>
/// <param name="Id">The AAVSO's identifier, for example 000-BCP-220.</param>
/// <param name="Position">J2000.</param>
/// <param name="Label">Its label on the chart: the visual magnitude times ten.</param>
/// <param name="Magnitudes">Magnitude and its error by band (B, V, Rc ...).</param>
/// <param name="Comments">What the AAVSO says of it.</param>
public sealed record ComparisonStar(string Id, SkyPosition Position, string Label, IReadOnlyDictionary<string, StarMagnitude> Magnitudes, string Comments);

/// <summary>A magnitude.</summary>
/// <param name="Value">Magnitude.</param>
/// <param name="Error">Its error, or null when it is not known.</param>
public sealed record StarMagnitude(double Value, double? Error);
