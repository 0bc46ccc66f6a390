using System.Globalization;
using Microsoft.Extensions.Logging;

namespace DataServices.App.Hisparc;

/// <summary>
/// Messages in a file, a line each: <c>time name[process].category.LEVEL: text</c>. At midnight UTC the file gets the day as its ending and a new one
/// begins; fourteen old ones are kept. These are the names and the form of the reference's logs.
/// </summary>
internal sealed class LogFile : ILoggerProvider
{
    private const int Kept = 14;
    private readonly string _path;
    private readonly TimeProvider _clock;
    private readonly Lock _gate = new();
    private StreamWriter _file;
    private DateOnly _day;

    /// <param name="path">Full name; its directory must exist.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    public LogFile(string path, TimeProvider clock)
    {
        _path = Path.GetFullPath(path);
        _clock = clock;
        _day = File.Exists(_path) ? DateOnly.FromDateTime(File.GetLastWriteTimeUtc(_path)) : Today;
        _file = Open();
    }

    private DateOnly Today => DateOnly.FromDateTime(_clock.GetUtcNow().UtcDateTime);

    public ILogger CreateLogger(string categoryName) => new Writer(this, categoryName);

    public void Dispose()
    {
        lock (_gate)
            _file.Dispose();
    }

    private void Write(string category, LogLevel level, string text)
    {
        var name = level switch { LogLevel.Trace or LogLevel.Debug => "DEBUG", LogLevel.Information => "INFO", LogLevel.Warning => "WARNING", LogLevel.Error => "ERROR", _ => "CRITICAL" };
        lock (_gate)
        {
            if (Today is var today && today != _day)
                Turn(today);
            _file.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{_clock.GetUtcNow():yyyy-MM-dd HH:mm:ss,fff} hisparc[{Environment.ProcessId}].{category}.{name}: {text.ReplaceLineEndings(" ")}"));
        }
    }

    private void Turn(DateOnly today)
    {
        _file.Dispose();
        File.Move(_path, $"{_path}.{_day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}", overwrite: true);
        foreach (var old in Directory.EnumerateFiles(Path.GetDirectoryName(_path)!, Path.GetFileName(_path) + ".????-??-??").Order(StringComparer.Ordinal).SkipLast(Kept).ToList())
            File.Delete(old);
        _day = today;
        _file = Open();
    }

    private StreamWriter Open() => new(new FileStream(_path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite)) { AutoFlush = true };

    private sealed class Writer(LogFile file, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            file.Write(category, logLevel, exception is null ? formatter(state, exception) : $"{formatter(state, exception)} {exception}");
    }
}
