using System.CommandLine;

namespace DataServices.App.TelescopeOrg;

/// <summary><c>logout</c>. Every verb logs out at its end, so this one shows that user and password are right and leaves nothing open.</summary>
internal static class SessionCommand
{
    public static Command Logout(SiteOptions site)
    {
        var command = new Command("logout", "Logs in and out: checks user and password and leaves no session open.");
        command.SetAction((parse, cancel) => site.RunAsync(
            parse,
            async (client, output, token) =>
            {
                await client.LoginAsync(token);
                await client.LogoutAsync(token);
                output.Print(new { loggedOut = true }, () => Console.WriteLine("Logged out."));
                return 0;
            },
            cancel));
        return command;
    }
}
