using System.CommandLine;
using Sequencer.Core.Configuration;
using Spectre.Console;

namespace Sequencer.App.Configuration;

/// <summary><c>config</c>: checks a configuration, and tells what can be configured.</summary>
internal static class ConfigCommand
{
    public static Command Create()
    {
        var file = new Argument<string>("file") { Description = "The observatory's configuration (observatory.yaml)." };
        var check = new Command("check", "Reads a configuration and names every mistake with its line. Example: config check observatory.yaml") { file };
        check.SetAction(parse => Check(parse.GetValue(file)!));
        var schema = new Command("schema", "Prints the JSON schema of the configuration, for editors.");
        schema.SetAction(_ => Console.WriteLine(ConfigurationFile.Schema().ToJsonString(new() { WriteIndented = true })));
        var keys = new Command("keys", "Lists every key with its kind, default and meaning.");
        keys.SetAction(_ => PrintKeys());
        return new Command("config", "Checks and explains configurations.") { check, schema, keys };
    }

    private static int Check(string path)
    {
        try
        {
            var configuration = ConfigurationFile.Load(path);
            Console.WriteLine($"{path} is in order: {configuration.Name}, {configuration.Location.Name}, {configuration.Cameras.Devices.Count} camera(s).");
            return ExitCodes.Done;
        }
        catch (Exception e) when (Wrong.Explains(e))
        {
            Console.Error.WriteLine(e.Message);
            return ExitCodes.Usage;
        }
    }

    private static void PrintKeys()
    {
        var table = new Table().Border(TableBorder.Simple).AddColumns("key", "kind", "default", "meaning");
        foreach (var key in ConfigurationFile.Document())
            table.AddRow(Markup.Escape(key.Key), Markup.Escape(key.Kind), Markup.Escape(key.Default), Markup.Escape(key.About));
        AnsiConsole.Write(table);
    }
}
