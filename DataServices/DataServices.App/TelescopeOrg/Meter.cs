using DataServices.TelescopeOrg;
using Spectre.Console;

namespace DataServices.App.TelescopeOrg;

/// <summary>A progress bar on standard error when that is a terminal, and nothing otherwise.</summary>
internal static class Meter
{
    public static async Task<T> RunAsync<T>(string what, Func<IProgress<TransferProgress>, Task<T>> work)
    {
        if (Console.IsErrorRedirected)
            return await work(new Reporter(_ => { }));
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        return await console.Progress().AutoClear(true).StartAsync(async bars =>
        {
            var bar = bars.AddTask(what);
            bar.IsIndeterminate = true;
            return await work(new Reporter(progress =>
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

    private sealed class Reporter(Action<TransferProgress> report) : IProgress<TransferProgress>
    {
        public void Report(TransferProgress value) => report(value);
    }
}
