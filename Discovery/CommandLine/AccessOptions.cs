using System.CommandLine;

namespace Alpaca.Client.CommandLine;

/// <summary>The options of a command line that say how to get into a protected server. Compiled into each program that has them.</summary>
internal sealed class AccessOptions
{
    private readonly Option<string?> _token = new("--token")
    {
        Description = $"The token to show; others on this machine can read a command line, so rather @FILE, or {AccessArguments.TokenVariable} in the environment.",
        HelpName = "TOKEN|@FILE",
    };

    private readonly Option<string?> _user = new("--user", "-u")
    {
        Description = $"The name to show. Its password is taken from {AccessArguments.PasswordVariable} in the environment, or from --password-file.",
        HelpName = "NAME",
    };

    private readonly Option<string?> _password = new("--password-file") { Description = "The file that holds the password; nobody but its owner may be able to read it.", HelpName = "FILE" };

    private readonly Option<string?> _authorities = new("--ca-file", "--cacert")
    {
        Description = "https: the PEM file with the certificate of who signed the server's, or with the server's own.",
        HelpName = "FILE",
    };

    private readonly Option<string?> _fingerprint = new("--fingerprint") { Description = "https: the SHA-256 fingerprint of the server's certificate, as alpaca-server prints it.", HelpName = "HEX" };

    private readonly Option<bool> _insecure = new("--insecure", "-k") { Description = "https: any certificate will do, whoever it comes from." };

    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[_token, _user, _password, _authorities, _fingerprint, _insecure])
            command.Options.Add(option);
    }

    public AccessArguments Read(ParseResult parse) => new()
    {
        Token = parse.GetValue(_token),
        User = parse.GetValue(_user),
        PasswordFile = parse.GetValue(_password),
        AuthorityFile = parse.GetValue(_authorities),
        Fingerprint = parse.GetValue(_fingerprint),
        Insecure = parse.GetValue(_insecure),
    };
}
