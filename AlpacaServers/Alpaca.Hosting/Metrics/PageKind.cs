namespace Alpaca.Hosting;

/// <summary>What a request that is for no device was for.</summary>
internal enum PageKind
{
    /// <summary>Nothing that is there, or not found out.</summary>
    None,

    /// <summary>The management API and the API description.</summary>
    Management,

    /// <summary>Pages for people.</summary>
    Setup,

    /// <summary>Metrics and health.</summary>
    Observation,
}
