using System.Globalization;
using DataServices.TelescopeOrg;
using Spectre.Console;

namespace DataServices.App.TelescopeOrg;

/// <summary>A progress bar on standard error when that is a terminal, and nothing otherwise.</summary>
internal static class Meter
{
    public static async Task<T> RunAsync<T>(string what, Func<IProgress<TransferProgress>, Task<T>> work)
    {
        if (Console.IsErrorRedirected)
            return await work(new Reporter<TransferProgress>(_ => { }));
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        return await console.Progress().AutoClear(true).StartAsync(async bars =>
        {
            var bar = bars.AddTask(what);
            bar.IsIndeterminate = true;
            return await work(new Reporter<TransferProgress>(progress =>
            {
                bar.Description = Markup.Escape($"{what}: {progress.Stage}");
                if (progress.Total is not { } total)
                    return;
                bar.IsIndeterminate = false;
                bar.MaxValue = total;
                bar.Value = progress.Bytes;
            }));
        });
    }

    /// <summary>Reads a list, showing how much of it has come.</summary>
    public static Task<List<T>> ListAsync<T>(string what, Func<IProgress<ListProgress>, IAsyncEnumerable<T>> list, CancellationToken cancel) =>
        RunAsync(what, async progress => await list(new Reporter<ListProgress>(
            page => progress.Report(new($"{page.Received} of {page.Total?.ToString(CultureInfo.InvariantCulture) ?? "?"}", page.Received, page.Total)))).ToListAsync(cancel));

    private sealed class Reporter<T>(Action<T> report) : IProgress<T>
    {
        public void Report(T value) => report(value);
    }
}
