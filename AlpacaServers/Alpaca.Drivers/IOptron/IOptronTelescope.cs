using Alpaca.Astronomy;
using Alpaca.Astronomy.Clocks;
using Alpaca.Contract;
using Alpaca.Devices;
using Alpaca.Devices.Drivers;
using Alpaca.Devices.Links;
using Alpaca.Devices.Loop;

namespace Alpaca.Drivers.IOptron;

/// <summary>
/// An iOptron mount as an ASCOM telescope, in either of its command languages. Coordinates are topocentric and of date; positive rates of MoveAxis are
/// towards larger right ascension and larger declination.
/// </summary>
internal sealed partial class IOptronTelescope : LinkedDevice<MountSession, MountSnapshot>, ITelescope
{
    /// <summary>Tried in this order where the configuration names no speed.</summary>
    private static readonly int[] s_bauds = [115200, 9600, 230400];

    private static readonly TimeSpan s_probeTimeout = TimeSpan.FromSeconds(1.5);

    private readonly IOptronOptions _options;
    private readonly DriverContext _context;
    private readonly MountControl _control;
    private readonly DeviceOperation _script = new();
    private MountSession? _session;
    private int? _baud;
    private (double Latitude, double Longitude, double Elevation, Site Site)? _site;

    public IOptronTelescope(IOptronOptions options, DriverContext context)
        : base(context, options.Port, new SerialSettings(options.Baud ?? s_bauds[0]), new LoopTiming
        {
            Poll = options.PollIdle,
            PollMoving = options.PollMoving,
            PollSlow = TimeSpan.FromSeconds(60),
            IdentifyDeadline = TimeSpan.FromSeconds(40),
            StaleAfter = TimeSpan.FromSeconds(5) + options.PollIdle,
        })
    {
        (_options, _context, _baud) = (options, context, options.Baud);
        _control = new MountControl(options, context.Identity.Name, context.Clock, Log) { Looked = snapshot => Update(_ => snapshot) };
    }

    /// <summary>What clients read, of a mount that is connected and was looked at lately.</summary>
    private MountView View
    {
        get
        {
            _ = State;
            return _control.View;
        }
    }

    private MountSnapshot Snapshot => View.Snapshot ?? throw AlpacaException.NotConnected(Identity.Name);

    private MountFacts Facts => View.Facts ?? throw AlpacaException.NotConnected(Identity.Name);

    /// <summary>A position that can be believed.</summary>
    private MountSnapshot Trusted => View.Distrust is { } reason ? throw new AlpacaException(DriverError.CalibrationNeeded, reason) : Snapshot;

    /// <inheritdoc/>
    protected override MountSession Speak(ILink link)
    {
        ArgumentNullException.ThrowIfNull(link);
        return _session = new(new Dialogue(link, _options.ReplyTimeout) { AroundExchange = link.Time == Clock ? null : Clock.Hold });
    }

    /// <summary>Opens the port at the speed that the mount turns out to speak.</summary>
    protected override async ValueTask<ILink> OpenLinkAsync(LinkFactory links, string port, SerialSettings serial, TimeSpan deadline, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(links);
        ArgumentNullException.ThrowIfNull(port);
        if (_baud is { } known || port.StartsWith("tcp://", StringComparison.OrdinalIgnoreCase))
            return await links.OpenAsync(port, new SerialSettings(_baud ?? s_bauds[0]), deadline, cancel);
        LinkException? silence = null;
        foreach (var baud in s_bauds)
        {
            var link = await links.OpenAsync(port, new SerialSettings(baud), deadline, cancel);
            try
            {
                using var held = link.Time == Clock ? null : Clock.Hold();
                await new MountSession(new Dialogue(link, s_probeTimeout) { Quiet = TimeSpan.FromMilliseconds(50) })
                    .SendAsync(MountLanguage.Model with { IsSlow = false }, MountLanguage.ReadModel, cancel);
                _baud = baud;
                return link;
            }
            catch (LinkException e) when (e.Fault is LinkFault.Timeout or LinkFault.Malformed)
            {
                silence = e;
                await link.DisposeAsync();
            }
            catch
            {
                await link.DisposeAsync();
                throw;
            }
        }

        throw new LinkException(silence!.Fault, port, $"no iOptron mount answers at {string.Join(", ", s_bauds)} baud; check its power, the cable, and that this is its port", MountLanguage.Model.Text, lastBytes: silence.LastBytes, cause: silence);
    }

    /// <inheritdoc/>
    protected override async ValueTask<string> IdentifyAsync(MountSession protocol, CancellationToken cancel) => await _control.TakeUpAsync(protocol, cancel);

    /// <inheritdoc/>
    protected override async ValueTask<MountSnapshot> PollAsync(MountSession protocol, MountSnapshot? last, CancellationToken cancel) => await _control.PollAsync(protocol, cancel);

    /// <inheritdoc/>
    protected override bool IsMoving(MountSnapshot state) => _control.View.Slewing;

    /// <inheritdoc/>
    protected override void OnLost()
    {
        _script.Cancel();
        _control.LoseSight(Outage?.Message ?? "link lost");
    }

    /// <inheritdoc/>
    protected override ValueTask CloseAsync(CancellationToken cancel)
    {
        _script.Cancel();
        return base.CloseAsync(cancel);
    }

    /// <summary>The site the mount believes in, with the height that only we know.</summary>
    private Site SiteNow()
    {
        var (status, elevation) = (Snapshot.Status, _control.View.Elevation);
        if (_site is { } known && (known.Latitude, known.Longitude, known.Elevation) == (status.Latitude, status.Longitude, elevation))
            return known.Site;
        var site = Site.FromDegrees("mount", status.Latitude, status.Longitude, elevation);
        _site = (status.Latitude, status.Longitude, elevation, site);
        return site;
    }

    private double SiderealHours(DateTimeOffset time)
    {
        var hours = SkyTransform.At(SiteNow(), time).LocalApparentSiderealTime.Degrees / 15;
        return hours < 0 ? hours + 24 : hours >= 24 ? hours - 24 : hours;
    }
}
