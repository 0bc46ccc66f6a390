using System.Text.Encodings.Web;
using System.Text.Json;
using Spectre.Console;

namespace DataServices.App.TelescopeOrg;

/// <summary>Standard output of a verb: tables and lines for people, or one JSON value.</summary>
/// <param name="Json">Whether JSON is wanted.</param>
internal sealed record Output(bool Json)
{
    private const int PipeWidth = 240, WideTerminal = 100;
    private static readonly JsonSerializerOptions _json = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Prints a value as JSON, or whatever <paramref name="people"/> prints.</summary>
    public void Print(object? value, Action people)
    {
        if (Json)
            Console.WriteLine(JsonSerializer.Serialize(value, _json));
        else
            people();
    }

    /// <summary>Prints rows as JSON, or as a table with the given columns.</summary>
    public void Print<T>(IReadOnlyCollection<T> rows, Func<T, object> json, string[] columns, Func<T, string?[]> cells) =>
        Print(rows.Select(json), () => Table(columns, rows.Select(cells)));

    public static void Table(string[] columns, IEnumerable<string?[]> rows)
    {
        // On a narrow terminal a row shall still be a line, as long as it can.
        var padding = Console.IsOutputRedirected || AnsiConsole.Profile.Width >= WideTerminal ? new Padding(1, 0) : new Padding(0, 0);
        var table = new Table().Border(TableBorder.Simple).AddColumns([.. columns.Select(column => new TableColumn(column).Padding(padding))]);
        foreach (var row in rows)
            table.AddRow([.. row.Select(cell => Markup.Escape(cell ?? "-"))]);
        // In a pipe there is no width to fit into, and programs want a row to stay a line.
        if (Console.IsOutputRedirected)
            AnsiConsole.Profile.Width = PipeWidth;
        AnsiConsole.Write(table);
    }

    /// <summary>A time as JSON writes it: ISO 8601 with a Z.</summary>
    public static DateTime? Utc(DateTimeOffset? time) => time?.UtcDateTime;

    /// <summary>Prints names and values, one pair a line.</summary>
    public static void Pairs(params (string Name, string? Value)[] pairs)
    {
        foreach (var (name, value) in pairs)
            Console.WriteLine($"{name,-12} {value ?? "-"}");
    }
}
