using System.Runtime.InteropServices;
using Alpaca.Astronomy;
using Alpaca.Contract;
using DataServices.Fits;
using Sequencer.Core.Equipment;

namespace Sequencer.Core.Observing;

/// <summary>The complete header of a frame: what observers' tools expect (conventions), what POCS wrote, and where the frame really looks.</summary>
public static class FrameHeader
{
    private const double KilometresPerHour = 3.6;

    /// <summary>Builds the header; whatever a device cannot give is left out.</summary>
    public static FitsHeader Build(FrameContext context, FrameDescription frame)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(frame);
        var cards = new HeaderCards();
        Exposure(cards, context, frame);
        Camera(cards, frame);
        Accessories(cards, frame);
        Target(cards, context, frame);
        Telescope(cards, frame);
        SiteOf(cards, context.Site);
        WeatherOf(cards, frame.Weather);
        Position(cards, frame);
        return cards.Header;
    }

    private static void Exposure(HeaderCards cards, FrameContext context, FrameDescription frame)
    {
        var (taken, plan) = (frame.Frame, frame.Observation.Plan);
        cards.Add("IMAGETYP", TypeOf(frame.Kind), "type of frame")
            .Add("EXPTIME", taken.Seconds, "[s] exposure time", 6)
            .Add("EXPOSURE", taken.Seconds, "[s] exposure time", 6)
            .Add("TIMESYS", "UTC", "time scale of all dates")
            .Add("DATE-OBS", taken.Start.ToUniversalTime(), "start of exposure, UTC")
            .Add("DATE-BEG", taken.Start.ToUniversalTime(), "start of exposure, UTC")
            .Add("DATE-LOC", context.TimeZone is { } zone ? TimeZoneInfo.ConvertTime(taken.Start, zone) : null, "start of exposure, local time")
            .Add("DATE-AVG", taken.Middle.ToUniversalTime(), "middle of exposure, UTC")
            .Add("DATE-END", taken.End.ToUniversalTime(), "end of exposure, UTC")
            .AddMjd("MJD-OBS", taken.Start, "[d] start of exposure, MJD UTC")
            .AddMjd("MJD-BEG", taken.Start, "[d] start of exposure, MJD UTC")
            .AddMjd("MJD-AVG", taken.Middle, "[d] middle of exposure, MJD UTC")
            .AddMjd("MJD-END", taken.End, "[d] end of exposure, MJD UTC")
            .Add("IMAGEID", frame.Name.ImageId, "unit, camera and start of exposure")
            .Add("SEQID", frame.Name.SequenceId, "unit, camera and start of visit")
            .Add("EXPNUM", frame.Number, "number of the exposure in its visit")
            .Add("MIN-NEXP", frame.Observation.MinExposures, "exposures of a full visit")
            .Add("PRIORITY", frame.Observation.Priority, "priority of the target", 6)
            .Add("MERIT", frame.Observation.Merit, "merit when the target was chosen", 6)
            .Add("TAGS", string.Join(",", plan.Tags), "tags of the observation")
            .Add("OBSERVER", context.UnitName, "name of the unit")
            .Add("ORIGIN", context.Origin, "project")
            .Add("CREATOR", context.Software, "software that made the frame")
            .Add("SWCREATE", $"{context.Software} ({RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant()})", "software and architecture");
        if (frame.Kind == "pointing") cards.Add("POINTING", true, "taken to point the telescope");
    }

    private static string? TypeOf(string kind) => kind switch
    {
        "light" or "pointing" => "Light Frame",
        "dark" => "Dark Frame",
        "bias" => "Bias Frame",
        "flat" => "Flat Frame",
        _ => null,
    };

    private static void Camera(HeaderCards cards, FrameDescription frame)
    {
        var (unit, read) = (frame.Frame.Camera, frame.Frame.Reading);
        var facts = unit.Facts;
        var pattern = Pattern(facts.Sensor);
        cards.Add("INSTRUME", unit.Uid, "id of the camera")
            .Add("CAM-ID", unit.Uid, "id of the camera")
            .Add("CAMERAID", unit.Uid, "id of the camera")
            .Add("CAM-NAME", unit.Name, "name of the camera")
            .Add("CAM-MOD", facts.Description, "model of the camera")
            .Add("CAM-FW", facts.DriverVersion, "version of the camera's driver")
            .Add("DETECTOR", facts.SensorName, "sensor")
            .Add("XBINNING", facts.BinX, "pixels binned along x")
            .Add("YBINNING", facts.BinY, "pixels binned along y")
            .Add("XPIXSZ", facts.PixelSizeX * facts.BinX, "[um] width of a binned pixel", 6)
            .Add("YPIXSZ", facts.PixelSizeY * facts.BinY, "[um] height of a binned pixel", 6)
            .Add("GAIN", read.Gain, "gain setting of the camera")
            .Add("CAM-GAIN", read.Gain, "gain setting of the camera")
            .Add("OFFSET", read.Offset, "offset setting of the camera")
            .Add("EGAIN", read.ElectronsPerAdu, "[e-/ADU] electrons per count", 6)
            .Add("BITDEPTH", facts.BitDepth, "[bit] depth of the converter")
            .Add("READOUTM", read.ReadoutMode, "readout mode")
            .Add("CCD-TEMP", read.SensorTemperature, "[degC] temperature of the sensor", 3)
            .Add("SET-TEMP", read.SetPoint, "[degC] set point of the cooler", 3)
            .Add("COOL-POW", read.CoolerPower, "[%] power of the cooler", 2)
            .Add("ROWORDER", "TOP-DOWN", "the first row is the top of the image")
            .Add("BAYERPAT", pattern, "colour mosaic, as delivered")
            .Add("XBAYROFF", pattern is null ? null : facts.BayerOffsetX, "column offset of the mosaic")
            .Add("YBAYROFF", pattern is null ? null : facts.BayerOffsetY, "row offset of the mosaic")
            .Add("FILTER", read.Filter ?? pattern, "filter, or the mosaic of the sensor");
        if (frame.Stars is { } stars)
        {
            cards.Add("NSTARS", stars.Count, "stars found");
            if (stars.Count > 0) cards.Add("HFD", stars.Select(star => star.Hfd).Order().ElementAt(stars.Count / 2), "[pix] median half-flux diameter", 3);
        }
    }

    private static string? Pattern(SensorType? sensor) => sensor switch
    {
        SensorType.RGGB => "RGGB",
        SensorType.CMYG => "CMYG",
        SensorType.CMYG2 => "CMYG2",
        SensorType.LRGB => "LRGB",
        _ => null,
    };

    private static void Accessories(HeaderCards cards, FrameDescription frame)
    {
        var read = frame.Frame.Reading;
        cards.Add("FWHEEL", read.WheelName, "filter wheel")
            .Add("FW-NAME", read.WheelName, "filter wheel")
            .Add("FW-MOD", read.WheelDescription, "model of the filter wheel")
            .Add("FW-POS", read.FilterPosition, "slot of the filter, from 1")
            .Add("FOCNAME", read.FocuserName, "focuser")
            .Add("FOC-NAME", read.FocuserName, "focuser")
            .Add("FOC-MOD", read.FocuserDescription, "model of the focuser")
            .Add("FOCPOS", read.FocuserPosition, "[step] position of the focuser")
            .Add("FOC-POS", read.FocuserPosition, "[step] position of the focuser")
            .Add("FOCUSPOS", read.FocuserPosition, "[step] position of the focuser")
            .Add("FOCUSSZ", read.FocuserStepSize, "[um] size of a step", 6)
            .Add("FOCTEMP", read.FocuserTemperature, "[degC] temperature at the focuser", 3)
            .Add("FOC-TEMP", read.FocuserTemperature, "[degC] temperature at the focuser", 3)
            .Add("FOCUSTEM", read.FocuserTemperature, "[degC] temperature at the focuser", 3)
            .Add("ROTNAME", read.RotatorName, "rotator")
            .Add("ROTATOR", read.RotatorAngle, "[deg] position angle of the rotator", 4)
            .Add("ROTATANG", read.RotatorAngle, "[deg] position angle of the rotator", 4);
    }

    private static void Target(HeaderCards cards, FrameContext context, FrameDescription frame)
    {
        var field = frame.Observation.Field;
        cards.Add("OBJECT", field.Name, "target")
            .Add("FIELD", field.Name, "target");
        if (frame.Kind is "dark" or "bias") return;

        var target = SkyPosition.FromDegrees(field.RaDegrees, field.DecDegrees);
        var sky = SkyTransform.At(context.Site, frame.Frame.Middle);
        var place = sky.Observed(target);
        var moon = sky.Moon();
        cards.Add("OBJCTRA", target.RightAscension.ToHms(2, " "), "[h m s] right ascension of the target, ICRS")
            .Add("OBJCTDEC", target.Declination.ToDms(1, " "), "[d m s] declination of the target, ICRS")
            .Add("RA-MNT", field.RaDegrees, "[deg] right ascension of the target, ICRS", 6)
            .Add("DEC-MNT", field.DecDegrees, "[deg] declination of the target, ICRS", 6)
            .Add("HA-MNT", sky.HourAngle(sky.Apparent(target)).Hours, "[h] hour angle of the target, mid-exposure", 6)
            .Add("EQUINOX", 2000.0, "[yr] equinox of the positions", 1)
            .Add("RADESYS", "ICRS", "system of the positions")
            .Add("CENTALT", place.Altitude.Degrees, "[deg] altitude of the target, mid-exposure", 4)
            .Add("CENTAZ", place.Azimuth.Degrees, "[deg] azimuth of the target, mid-exposure", 4)
            .Add("MOONSEP", moon.Icrs.Separation(target).Degrees, "[deg] distance of the Moon from the target", 3)
            .Add("MOONFRAC", sky.MoonPhase().Fraction, "lit fraction of the Moon, 0 to 1", 4);
        if (place.Altitude.Degrees > 0) cards.Add("AIRMASS", Airmass.Secant(place.Altitude), "sec z (plane-parallel), mid-exposure", 5);
    }

    private static void Telescope(HeaderCards cards, FrameDescription frame)
    {
        var (mount, settings) = (frame.Mount, frame.Frame.Camera.Settings);
        var focal = settings.FocalLengthMm ?? mount.FocalLengthMm;
        var aperture = settings.ApertureMm ?? mount.ApertureMm;
        cards.Add("TELESCOP", mount.Name, "telescope")
            .Add("TEL-MOD", mount.Description, "model of the mount")
            .Add("FOCALLEN", focal, "[mm] focal length", 3)
            .Add("APTDIA", aperture, "[mm] aperture", 3)
            .Add("FOCRATIO", focal / aperture, "focal ratio", 3)
            .Add("TELRA", mount.Position?.RightAscension.Wrapped().Degrees, "[deg] where the mount says it points, ICRS", 6)
            .Add("TELDEC", mount.Position?.Declination.Degrees, "[deg] where the mount says it points, ICRS", 6)
            .Add("PIERSIDE", mount.PierSide is PierSide.East or PierSide.West ? mount.PierSide.ToString() : null, "side of the pier the mount is on")
            .Add("RA-RATE", mount.RateRa, "tracking rate, 1 is sidereal", 6);
    }

    private static void SiteOf(HeaderCards cards, Site site) =>
        cards.Add("OBSERVAT", site.Name, "observatory")
            .Add("SITENAME", site.Name, "observatory")
            .Add("SITELAT", site.Latitude.Degrees, "[deg] latitude, north positive", 6)
            .Add("SITELONG", site.Longitude.WrappedSigned().Degrees, "[deg] longitude, east positive", 6)
            .Add("SITEELEV", site.Elevation, "[m] height above sea level", 2)
            .Add("LAT-OBS", site.Latitude.Degrees, "[deg] latitude, north positive", 6)
            .Add("LONG-OBS", site.Longitude.WrappedSigned().Degrees, "[deg] longitude, east positive", 6)
            .Add("ELEV-OBS", site.Elevation, "[m] height above sea level", 2);

    private static void WeatherOf(HeaderCards cards, WeatherReading? weather)
    {
        if (weather is null) return;
        cards.Add("AMBTEMP", weather.Temperature, "[degC] air temperature", 2)
            .Add("DEWPOINT", weather.DewPoint, "[degC] dew point", 2)
            .Add("HUMIDITY", weather.Humidity, "[%] relative humidity", 2)
            .Add("PRESSURE", weather.Pressure, "[hPa] air pressure at the site", 2)
            .Add("CLOUDCVR", weather.CloudCover, "[%] cloud cover", 2)
            .Add("SKYTEMP", weather.SkyTemperature, "[degC] temperature of the sky", 2)
            .Add("MPSAS", weather.SkyQuality, "[mag/arcsec2] brightness of the sky", 3)
            .Add("WINDDIR", weather.WindDirection, "[deg] direction the wind comes from", 1)
            .Add("WINDSPD", weather.WindSpeed * KilometresPerHour, "[km/h] wind", 2)
            .Add("WINDGUST", weather.WindGust * KilometresPerHour, "[km/h] gusts", 2);
    }

    /// <summary>RA and DEC are where the frame really looks; POSSRC says how that is known.</summary>
    private static void Position(HeaderCards cards, FrameDescription frame)
    {
        if (frame.Kind is "dark" or "bias") return;
        var field = frame.Observation.Field;
        var (position, source) = (frame.Solution?.Centre, frame.Mount.Position) switch
        {
            ({ } solved, _) => (solved, frame.Solution!.Solver),
            (null, { } mount) => (mount, "mount"),
            _ => (SkyPosition.FromDegrees(field.RaDegrees, field.DecDegrees), "target"),
        };
        cards.Add("RA", position.RightAscension.Wrapped().Degrees, "[deg] RA of the frame's centre, ICRS", 7)
            .Add("DEC", position.Declination.Degrees, "[deg] Dec of the frame's centre, ICRS", 7)
            .Add("POSSRC", source, "source of RA and DEC");
        if (frame.Solution is not { } solution) return;
        cards.Add("POSNSTAR", solution.MatchedStars, "stars that RA and DEC rest on")
            .Add("POSRMS", solution.RmsArcsec, "[arcsec] scatter of these stars", 3);
        cards.Header.Merge(solution.Wcs.ToHeader());
    }
}
