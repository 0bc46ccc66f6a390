using Alpaca.Server;

var parsed = CommandLine.Create(Console.Out, Console.Error).Parse(args);
if (parsed.Errors.Count == 0)
    return await parsed.InvokeAsync();
foreach (var error in parsed.Errors)
    await Console.Error.WriteLineAsync($"alpaca-server: {error.Message}");
await Console.Error.WriteLineAsync("alpaca-server --help lists the options.");
return ExitCode.WrongConfiguration;
