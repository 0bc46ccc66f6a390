namespace Alpaca.Server;

/// <summary>How the server ends.</summary>
internal static class ExitCode
{
    /// <summary>Stopped by a signal.</summary>
    public const int Stopped = 0;

    /// <summary>Two recordings differ, or a strict replay was departed from.</summary>
    public const int Differs = 1;

    /// <summary>The command line or the configuration is wrong.</summary>
    public const int WrongConfiguration = 2;

    /// <summary>The port, or the discovery port, cannot be used.</summary>
    public const int CannotListen = 3;

    /// <summary>Something the simulation needs is missing, for example the star catalogue.</summary>
    public const int SomethingMissing = 4;
}
