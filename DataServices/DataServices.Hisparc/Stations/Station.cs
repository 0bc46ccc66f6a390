namespace DataServices.Hisparc.Stations;

/// <summary>A station that may upload.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Cluster">Name of its cluster, as written in the list.</param>
/// <param name="Password">How its password is checked.</param>
public sealed record Station(int Number, string Cluster, StationPassword Password);
