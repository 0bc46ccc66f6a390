namespace DataServices.Hipercam;

/// <summary>Opens frames by the two-letter names observers use.</summary>
public static class DataSource
{
    private static readonly CcdSize _hipercam = new(2048, 1024, 50, 8);

    /// <summary>The sources there are.</summary>
    public const string Known = "hl (HiPERCAM, local), hs (HiPERCAM server), ul (ULTRACAM or ULTRASPEC, local), us (its server), hf (list of .hcm files)";

    /// <summary>Opens a source.</summary>
    /// <param name="source">hl, hs, ul, us or hf; case matters.</param>
    /// <param name="resource">Run or list.</param>
    /// <param name="options">First frame and so on.</param>
    /// <param name="cancel">Ends waiting for a server.</param>
    /// <exception cref="ArgumentException">There is no such source, or the option is not its.</exception>
    /// <exception cref="RunException">The run cannot be opened.</exception>
    public static ValueTask<FrameSource> OpenAsync(string source, string resource, SourceOptions? options = null, CancellationToken cancel = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(resource);
        options ??= new SourceOptions();
        if (TryInstrument(source, options) is { } added)
            return added.Instrument.OpenAsync(resource, added.IsServer, options, cancel);
        if (options.First < 0 && source is "hl" or "ul" or "us")
            throw new ArgumentException($"the first frame is {options.First}: only the HiPERCAM server (hs) counts backwards.");
        if (!options.IsFull && source is not ("hl" or "hs"))
            throw new ArgumentException($"only HiPERCAM runs (hl, hs) can be read with fewer cards, not {source}.");
        return source switch
        {
            "hl" => new(new DiskSource(resource, HipercamRunFile.Open(resource, options.IsFull), options)),
            "ul" => new(new DiskSource(resource, UltracamRunFile.Open(resource, options.CorrectLegacyTrim), options)),
            "hs" => new(HipercamServerSource.OpenAsync(resource, options, cancel)),
            "us" => new(UltracamServerSource.OpenAsync(resource, options, cancel)),
            "hf" => new(new HcmListSource(resource, HcmList.Read(resource), options.Ccd)),
            _ => throw Unknown(source),
        };
    }

    /// <summary>The frames of .hcm files by name.</summary>
    /// <param name="names">The files; .hcm is added where it is missing.</param>
    /// <param name="ccd">Only this chip; null: all.</param>
    public static FrameSource OpenFiles(IReadOnlyList<string> names, string? ccd = null) => new HcmListSource("the list of files", HcmList.Of(names), ccd);

    /// <summary>Label and size of every chip of a source, in order.</summary>
    /// <exception cref="ArgumentException">There is no such source.</exception>
    /// <exception cref="RunException">The run cannot be opened.</exception>
    public static async ValueTask<IReadOnlyList<KeyValuePair<string, CcdSize>>> GetCcdsAsync(
        string source, string resource, SourceOptions? options = null, CancellationToken cancel = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(resource);
        options ??= new SourceOptions();
        if (TryInstrument(source, options) is { } added)
            return await added.Instrument.GetCcdsAsync(resource, added.IsServer, options, cancel);
        return source switch
        {
            "hl" or "hs" => [.. Enumerable.Range(1, HipercamLayout.Ccds).Select(ccd => new KeyValuePair<string, CcdSize>($"{ccd}", _hipercam))],
            "ul" => UltracamRunFile.ReadXml(resource, options.CorrectLegacyTrim).Ccds,
            "us" => (await UltracamServerSource.ReadXmlAsync(resource, options, cancel)).Ccds,
            "hf" => GetCcds(resource, HcmList.Read(resource)),
            _ => throw Unknown(source),
        };
    }

    /// <summary>Label and size of every chip of .hcm files: those of the first.</summary>
    public static IReadOnlyList<KeyValuePair<string, CcdSize>> GetCcds(IReadOnlyList<string> names) => GetCcds("the list of files", HcmList.Of(names));

    private static List<KeyValuePair<string, CcdSize>> GetCcds(string list, IReadOnlyList<(string Name, string Path)> files)
    {
        if (files.Count == 0)
            throw new RunException($"{list}: the list names no file.");
        using var frame = HcmFile.Read(files[0].Path);
        return [.. frame.Ccds.Select(ccd => new KeyValuePair<string, CcdSize>(ccd.Label, ccd.Size))];
    }

    // NAME:local and NAME:server; null for a source without a colon.
    private static (IInstrument Instrument, bool IsServer)? TryInstrument(string source, SourceOptions options)
    {
        var colon = source.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0)
            return null;
        var (name, place) = (source[..colon], source[(colon + 1)..]);
        if (place is not ("local" or "server"))
            throw new ArgumentException($"\"{source}\": an instrument is followed by :local or :server.");
        var known = options.Instruments.Select(instrument => instrument.Name);
        var found = options.Instruments.FirstOrDefault(instrument => instrument.Name == name)
            ?? throw new ArgumentException($"no instrument \"{name}\" was added; there are {string.Join(", ", known.DefaultIfEmpty("none"))}, and built in {Known}.");
        return place == "local" || found.HasServer ? (found, place == "server") : throw new ArgumentException($"\"{source}\": the instrument has no file server.");
    }

    private static ArgumentException Unknown(string source) => new($"\"{source}\" is not a data source; there are {Known}.");
}
