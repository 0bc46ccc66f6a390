using System.CommandLine;

namespace DataServices.App.TelescopeOrg;

/// <summary><c>telescope</c>: observing with the robotic telescopes of telescope.org.</summary>
internal static class TelescopeCommand
{
    public static Command Create()
    {
        var site = new SiteOptions();
        var command = new Command(
            "telescope",
            "Observes with the robotic telescopes of telescope.org. User and password come from --config, or from TELESCOPE_ORG_USER and TELESCOPE_ORG_PASSWORD_FILE "
            + "(or TELESCOPE_ORG_PASSWORD), or from ~/.config/telescope.ini. Exit code 0: done; 1: the site refused or could not be reached; 2: a wrong value or configuration.")
        {
            ListCommands.Folders(site),
            ListCommands.Requests(site),
            ListCommands.Jobs(site),
            ViewCommands.Request(site),
            ViewCommands.Job(site),
            ViewCommands.JobOfRequest(site),
            DownloadCommand.Create(site),
            SubmitCommand.Create(site),
            CampaignCommand.Create(site),
            SolveCommand.Create(site),
            SequenceCommand.Create(site),
            SessionCommand.Logout(site),
        };
        site.AddTo(command);
        return command;
    }
}
