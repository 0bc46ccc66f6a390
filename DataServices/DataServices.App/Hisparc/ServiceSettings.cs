using System.CommandLine;
using DataServices.Hdf5;
using DataServices.Hisparc;
using DataServices.Hisparc.Queue;
using DataServices.Hisparc.Store;
using Microsoft.Extensions.Logging;

namespace DataServices.App.Hisparc;

/// <summary>The options that serve, write and rebuild have in common.</summary>
internal sealed class ServiceSettings
{
    private readonly Option<string?> _data = new("--data-dir") { Description = "Where the day files, the log and the spool are" };
    private readonly Option<string?> _list = new("--station-list") { Description = "CSV file of number,cluster,password; read again when it changes" };
    private readonly Option<string?> _config = new("--config") { Description = "config.ini of the reference: General.data_dir, General.station_list, General.log, General.loglevel, Writer.sleep" };
    private readonly Option<string?> _broker = new("--queue") { Description = "Broker between machines that take uploads and machines that write: amqp://user:password@host:5672/; better in --config, [Queue] url" };
    private readonly Option<int?> _shards = new("--shards") { Description = "Into how many queues days and clusters are divided; the same on all machines" };
    private readonly Option<string> _time = new("--time-type") { Description = "Type of the timestamp column: time32 as ever, or int32, which h5py reads too", DefaultValueFactory = _ => "time32" };
    private readonly Option<bool> _compatible = new("--ref-compat") { Description = "Reproduce the reference's mistakes: duplicates are stored, integers wrap, three lightning types are lost" };
    private readonly Option<int> _chunk = new("--blob-chunk") { Description = "Blobs per chunk; 512 saves 1 MiB per station and day", DefaultValueFactory = _ => 65536 };
    private readonly Option<double> _keep = new("--keep-log-days") { Description = "How long batches stay in the log after they are stored, so that a day can be made anew", DefaultValueFactory = _ => 7 };
    private readonly Option<long?> _reserve = new("--disk-reserve-mb") { Description = "Free space below which nothing is taken; default 2 % of the volume, 4 to 256 MiB" };

    /// <summary>Which queue a writer writes.</summary>
    public Option<int?> Shard { get; } = new("--shard") { Description = "Which queue this writer empties, 0 to --shards - 1" };

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
        {
            command.Options.Add(_list);
            AddQueue(command);
        }

        command.Options.Add(_config);
        command.Options.Add(_time);
        command.Options.Add(_compatible);
        command.Options.Add(_chunk);
        command.Options.Add(_keep);
        command.Options.Add(_reserve);
    }

    /// <summary>Adds what is needed to work with a broker.</summary>
    public void AddQueue(Command command)
    {
        command.Options.Add(_broker);
        command.Options.Add(_shards);
    }

    /// <summary>Puts options and configuration file together; an option wins.</summary>
    /// <exception cref="FormatException">Something is missing or wrong.</exception>
    public (HisparcOptions Options, LogLevel Level, string? Log) Read(ParseResult parsed, bool needsStations)
    {
        var ini = parsed.GetValue(_config) is { } path ? ReferenceConfiguration.Read(path) : new ReferenceConfiguration();
        var data = parsed.GetValue(_data) ?? ini.DataDirectory ?? throw new FormatException("Say where the data are: --data-dir DIR, or data_dir in --config.");
        var list = parsed.GetValue(_list) ?? ini.StationList ?? (needsStations ? throw new FormatException("Say which stations may upload: --station-list CSV, or station_list in --config.") : "");
        var queue = Queue(parsed, ini);
        var compatible = parsed.GetValue(_compatible);
        if (compatible && queue is not null)
            throw new FormatException("--ref-compat stores what comes twice twice; a broker may deliver twice. Use one of them.");
        var options = new HisparcOptions
        {
            Queue = queue,
            SpoolPause = ini.Sleep ?? TimeSpan.FromSeconds(1),
            DataDirectory = data,
            StationList = list,
            Store = new StoreOptions
            {
                TimeKind = parsed.GetValue(_time) == "int32" ? ColumnKind.Int32 : ColumnKind.Time32,
                ReferenceCompatible = compatible,
                Keeps = queue is { Shard: { } own } ? (day, cluster) => queue.ShardOf(day, cluster) == own : null,
                VerifyWrites = queue is not null,
                BlobChunk = parsed.GetValue(_chunk),
                KeepLog = TimeSpan.FromDays(parsed.GetValue(_keep)),
                DiskReserve = parsed.GetValue(_reserve) << 20,
            },
        };
        return (options, ini.Level, ini.Log);
    }

    private QueueOptions? Queue(ParseResult parsed, ReferenceConfiguration ini)
    {
        var broker = parsed.GetValue(_broker) is { } text ? QueueOptions.ParseBroker(text) : ini.Broker;
        if (broker is null)
            return null;
        var queue = new QueueOptions { Broker = broker, Shards = parsed.GetValue(_shards) ?? ini.Shards ?? 1, Shard = parsed.GetValue(Shard) ?? ini.Shard };
        if (queue.Shards is < 1 or > QueueOptions.MaxShards)
            throw new FormatException($"--shards must be 1 to {QueueOptions.MaxShards}.");
        return queue.Shard is { } own && (own < 0 || own >= queue.Shards)
            ? throw new FormatException($"--shard {own}: with --shards {queue.Shards} it must be 0 to {queue.Shards - 1}.")
            : queue;
    }
}
