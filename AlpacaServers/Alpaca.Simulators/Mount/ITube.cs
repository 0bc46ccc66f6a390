namespace Alpaca.Simulators.Mount;

/// <summary>Whatever carries the tube: what cameras need to know of a mount.</summary>
internal interface ITube
{
    /// <summary>How the tube lay at a time, errors and all, in the horizontal frame at the site.</summary>
    Orientation Orient(DateTimeOffset time);
}
