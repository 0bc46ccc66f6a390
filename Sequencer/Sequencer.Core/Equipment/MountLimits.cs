using System.Globalization;
using Alpaca.Contract;
using Sequencer.Core.Configuration;

namespace Sequencer.Core.Equipment;

/// <summary>How far a mount may follow the sky. The standard has no word for it: it comes from the configuration, and from drivers that tell it by an action; the stricter counts.</summary>
public sealed record MountLimits
{
    private const string MeridianAction = ":GetMeridianTreatment";
    private const string AltitudeAction = ":GetAltitudeLimit";

    /// <summary>The telescope must not track below this, degrees.</summary>
    public double AltitudeDegrees { get; init; }

    /// <summary>How far past the meridian the mount may go before it must be turned over, degrees; null if nobody says, and then the side that the mount itself would choose counts.</summary>
    public double? MeridianDegrees { get; init; }

    /// <summary>True for a German mount, which must be turned over at the meridian.</summary>
    public bool IsGerman { get; init; }

    internal static async Task<MountLimits> ReadAsync(ITelescope telescope, DeviceLink link, MountOptions options, CancellationToken cancel)
    {
        var actions = await TryAsync<IReadOnlyList<string>>(link, telescope.SupportedActionsAsync, cancel) ?? [];
        var told = (Meridian: await AskAsync(MeridianAction), Altitude: await AskAsync(AltitudeAction));
        return new MountLimits
        {
            AltitudeDegrees = Math.Max(options.AltitudeLimitDegrees, told.Altitude ?? double.NegativeInfinity),
            MeridianDegrees = options.MeridianLimitDegrees is { } ours && told.Meridian is { } theirs ? Math.Min(ours, theirs) : options.MeridianLimitDegrees ?? told.Meridian,
            IsGerman = await link.ReadAsync(telescope.AlignmentModeAsync, cancel) == AlignmentMode.GermanPolar,
        };

        async Task<double?> AskAsync(string ending)
        {
            if (actions.FirstOrDefault(action => action.EndsWith(ending, StringComparison.OrdinalIgnoreCase)) is not { } name) return null;
            return Number(await TryAsync(link, token => telescope.ActionAsync(name, "", token), cancel));
        }
    }

    /// <summary>The last number of an answer: <c>stop 15</c>, <c>30</c>.</summary>
    private static double? Number(string? answer) =>
        double.TryParse(answer?.Split(' ', StringSplitOptions.RemoveEmptyEntries).LastOrDefault(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
            ? number
            : null;

    private static async Task<T?> TryAsync<T>(DeviceLink link, Func<CancellationToken, ValueTask<T>> call, CancellationToken cancel)
        where T : class
    {
        try
        {
            return await link.CallAsync(call, cancel);
        }
        catch (AlpacaException)
        {
            // A driver that has no answer sets no limit; the configuration's stands.
            return null;
        }
    }
}

/// <summary>Whether an exposure may begin on the present target.</summary>
public enum Clearance
{
    /// <summary>It ends within the limits.</summary>
    Clear,

    /// <summary>The mount must be slewed to the target anew first, and so turn over.</summary>
    Flip,

    /// <summary>The mount will turn over, but not yet.</summary>
    Wait,

    /// <summary>It would end beyond a limit, and turning over does not help.</summary>
    Refused,
}

/// <summary>Whether an exposure may begin, and why not.</summary>
/// <param name="Clearance">What to do.</param>
/// <param name="Reason">Why it must not begin now; null when it may.</param>
/// <param name="Wait">How long to wait before asking again.</param>
public sealed record ExposureClearance(Clearance Clearance, string? Reason = null, TimeSpan Wait = default);
