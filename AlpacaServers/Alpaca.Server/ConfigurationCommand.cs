using System.CommandLine;

namespace Alpaca.Server;

/// <summary>What people do with a configuration file without starting a server.</summary>
internal static class ConfigurationCommand
{
    public static Command Create(TextWriter output, TextWriter errors) =>
        new("config", "Check a configuration file, or describe what one may say.") { Check(output, errors), Schema(output) };

    private static Command Check(TextWriter output, TextWriter errors)
    {
        var file = new Argument<FileInfo>("FILE") { Description = "The configuration (YAML)." };
        var check = new Command("check", "Read a configuration as strictly as a start does, and say everything that is wrong with it.") { file };
        check.SetAction(parsed =>
        {
            try
            {
                var configuration = ConfigurationFile.Load(parsed.GetRequiredValue(file).FullName);
                foreach (var device in configuration.Devices)
                    output.WriteLine($"{device.Key}: {device.Name} ({device.Driver.Title}){(device.Entry.Enabled ? "" : ", switched off")}");
                output.WriteLine($"{parsed.GetRequiredValue(file)} is fine.");
                return ExitCode.Stopped;
            }
            catch (ConfigurationException e)
            {
                errors.WriteLine(e.Message);
                return ExitCode.WrongConfiguration;
            }
        });
        return check;
    }

    private static Command Schema(TextWriter output)
    {
        var schema = new Command("schema", "Print the JSON schema of a configuration file, for editors.");
        schema.SetAction(_ =>
        {
            output.WriteLine(ConfigurationSchema.Text());
            return ExitCode.Stopped;
        });
        return schema;
    }
}
