using System.Globalization;
using System.Xml;
using System.Xml.Linq;

namespace DataServices.Hipercam;

/// <summary>The XML that describes an ULTRACAM or ULTRASPEC run, with look-ups that say what is wrong in which run.</summary>
internal sealed class UltracamXml
{
    private const int MaxCharacters = 4 << 20;
    private readonly Dictionary<string, string> _parameters = new(StringComparer.OrdinalIgnoreCase);

    private UltracamXml(string run, XElement root)
    {
        Run = run;
        FrameBytes = Whole(Named(root, "data_status").FirstOrDefault()?.Attribute("framesize")?.Value, "data_status framesize", 0, 1 << 28);
        HeaderWords = Whole(Named(root, "header_status").FirstOrDefault()?.Attribute("headerwords")?.Value, "header_status headerwords", 0, 1024);
        var instrument = Named(root, "instrument_status").FirstOrDefault()
            ?? throw new RunException($"{run}: the XML has no instrument_status.");
        var name = Named(instrument, "name").FirstOrDefault()?.Value.Trim() ?? "";
        IsUltraspec = name.Equals("ULTRASPEC", StringComparison.OrdinalIgnoreCase);
        if (!IsUltraspec && !name.Equals("ULTRACAM", StringComparison.OrdinalIgnoreCase))
            throw new RunException($"{run}: the instrument is \"{name}\", neither ULTRACAM nor ULTRASPEC.");
        var application = Named(instrument, "application_status").FirstOrDefault(element => element.Attribute("id")?.Value == "SDSU Exec");
        Application = application?.Attribute("name")?.Value
            ?? throw new RunException($"{run}: the XML names no readout application (application_status with id \"SDSU Exec\").");
        foreach (var parameter in Named(instrument, "parameter_status"))
        {
            if (parameter.Attribute("name")?.Value is { } key && parameter.Attribute("value")?.Value is { } value)
                _parameters[key] = value;
        }

        User = Named(root, "user").FirstOrDefault()?.Elements().GroupBy(element => element.Name.LocalName, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.First().Value.Trim(), StringComparer.Ordinal);
    }

    public string Run { get; }

    public int FrameBytes { get; }

    public int HeaderWords { get; }

    public bool IsUltraspec { get; }

    public string Application { get; }

    /// <summary>What the observers typed in; null where that did not exist yet.</summary>
    public IReadOnlyDictionary<string, string>? User { get; }

    public static UltracamXml Parse(string run, Stream xml)
    {
        var settings = new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, MaxCharactersInDocument = MaxCharacters };
        try
        {
            using var reader = XmlReader.Create(xml, settings);
            return new UltracamXml(run, XElement.Load(reader));
        }
        catch (XmlException error)
        {
            throw new RunException($"{run}: the XML cannot be read: {error.Message}", error);
        }
    }

    public bool Has(string parameter) => _parameters.ContainsKey(parameter);

    public int Integer(string parameter, int min, int max) => Whole(_parameters.GetValueOrDefault(parameter), $"the parameter {parameter}", min, max);

    public int Integer(string parameter, int min, int max, int missing) => Has(parameter) ? Integer(parameter, min, max) : missing;

    public uint Unsigned(string parameter) => uint.TryParse(_parameters.GetValueOrDefault(parameter), NumberStyles.None, CultureInfo.InvariantCulture, out var value)
        ? value
        : throw new RunException($"{Run}: the parameter {parameter} is \"{_parameters.GetValueOrDefault(parameter)}\"; a whole number is expected.");

    public int UserInteger(string key) => Whole(User!.GetValueOrDefault(key), key, int.MinValue, int.MaxValue);

    // Whatever name space the file may declare.
    private static IEnumerable<XElement> Named(XElement root, string name) => root.Descendants().Where(element => element.Name.LocalName == name);

    private int Whole(string? text, string what, int min, int max)
    {
        if (text is null)
            throw new RunException($"{Run}: the XML has no {what}.");
        // Some programs of the camera wrote whole numbers with a decimal point.
        if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) || value != Math.Floor(value))
            throw new RunException($"{Run}: {what} is \"{text}\"; a whole number is expected.");
        return value >= min && value <= max ? (int)value : throw new RunException($"{Run}: {what} = {text} is not between {min} and {max}.");
    }
}
