using System.CommandLine;
using DataServices.Hdf5;
using DataServices.Hisparc;
using DataServices.Hisparc.Store;
using Microsoft.Extensions.Logging;

namespace DataServices.App.Hisparc;

/// <summary>The options that serve, write and rebuild have in common.</summary>
internal sealed class ServiceSettings
{
    private readonly Option<string?> _data = new("--data-dir") { Description = "Where the day files, the log and the spool are" };
    private readonly Option<string?> _list = new("--station-list") { Description = "CSV file of number,cluster,password; read again when it changes" };
    private readonly Option<string?> _config = new("--config") { Description = "config.ini of the reference: General.data_dir, General.station_list, General.log, General.loglevel, Writer.sleep" };
    private readonly Option<string> _time = new("--time-type") { Description = "Type of the timestamp column: time32 as ever, or int32, which h5py reads too", DefaultValueFactory = _ => "time32" };
    private readonly Option<bool> _compatible = new("--ref-compat") { Description = "Reproduce the reference's mistakes: duplicates are stored, integers wrap, three lightning types are lost" };
    private readonly Option<int> _chunk = new("--blob-chunk") { Description = "Blobs per chunk; 512 saves 1 MiB per station and day", DefaultValueFactory = _ => 65536 };
    private readonly Option<double> _keep = new("--keep-log-days") { Description = "How long batches stay in the log after they are stored, so that a day can be made anew", DefaultValueFactory = _ => 7 };
    private readonly Option<long?> _reserve = new("--disk-reserve-mb") { Description = "Free space below which nothing is taken; default 2 % of the volume, 4 to 256 MiB" };

    public ServiceSettings()
    {
        _time.AcceptOnlyFromAmong("time32", "int32");
        _chunk.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > 1 << 20)
                result.AddError("--blob-chunk must be between 1 and 1048576.");
        });
    }

    public void AddTo(Command command, bool withStations = true)
    {
        command.Options.Add(_data);
        if (withStations)
            command.Options.Add(_list);
        command.Options.Add(_config);
        command.Options.Add(_time);
        command.Options.Add(_compatible);
        command.Options.Add(_chunk);
        command.Options.Add(_keep);
        command.Options.Add(_reserve);
    }

    /// <summary>Puts options and configuration file together; an option wins.</summary>
    /// <exception cref="FormatException">Something is missing or wrong.</exception>
    public (HisparcOptions Options, LogLevel Level) Read(ParseResult parsed, bool needsStations)
    {
        var ini = parsed.GetValue(_config) is { } path ? ReferenceConfiguration.Read(path) : ReferenceConfiguration.None;
        var data = parsed.GetValue(_data) ?? ini.DataDirectory ?? throw new FormatException("Say where the data are: --data-dir DIR, or data_dir in --config.");
        var list = parsed.GetValue(_list) ?? ini.StationList ?? (needsStations ? throw new FormatException("Say which stations may upload: --station-list CSV, or station_list in --config.") : "");
        var options = new HisparcOptions
        {
            DataDirectory = data,
            StationList = list,
            Store = new StoreOptions
            {
                TimeKind = parsed.GetValue(_time) == "int32" ? ColumnKind.Int32 : ColumnKind.Time32,
                ReferenceCompatible = parsed.GetValue(_compatible),
                BlobChunk = parsed.GetValue(_chunk),
                KeepLog = TimeSpan.FromDays(parsed.GetValue(_keep)),
                DiskReserve = parsed.GetValue(_reserve) << 20,
            },
        };
        return (options, ini.Level);
    }
}
