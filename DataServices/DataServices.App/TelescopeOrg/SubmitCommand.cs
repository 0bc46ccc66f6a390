using System.CommandLine;
using DataServices.TelescopeOrg;

namespace DataServices.App.TelescopeOrg;

/// <summary><c>submit</c>: one request for an exposure.</summary>
internal static class SubmitCommand
{
    public static Command Create(SiteOptions site)
    {
        var ra = new Option<string>("--ra") { Description = "Right ascension, hours: 21:42:42.79 (J2000).", Required = true };
        var dec = new Option<string>("--dec") { Description = "Declination, degrees: +43:35:09.9 (J2000).", Required = true };
        var exposure = new Option<double>("--exposure") { Description = "Exposure time in seconds.", Required = true };
        var telescope = new Option<string>("--telescope") { Description = "Telescope: COAST, PIRATE, Galaxy, Cluster, Constellation or Planet.", Required = true };
        var filter = new Option<string>("--filter") { Description = "Filter, in the words of any telescope: BVR or Colour, B or Blue ...", Required = true };
        var name = new Option<string>("--name") { Description = "Name of the object.", DefaultValueFactory = _ => "RaDec object" };
        var comment = new Option<string>("--comment") { Description = "Comment kept with the request.", DefaultValueFactory = _ => "AutoSubmit" };
        var command = new Command("submit", "Asks for an exposure. Exit code 1 when the site refuses (QUEUE_FULL, BAD_EXPOSURE).") { ra, dec, exposure, telescope, filter, name, comment };
        command.SetAction((parse, cancel) => site.RunAsync(
            parse,
            async (client, output, token) =>
            {
                var submission = new Submission(
                    SkyPosition.Parse(parse.GetValue(ra)!, parse.GetValue(dec)!), parse.GetValue(telescope)!, TimeSpan.FromSeconds(parse.GetValue(exposure)),
                    parse.GetValue(filter)!, parse.GetValue(name)!, parse.GetValue(comment)!);
                var result = await client.SubmitAsync(submission, token);
                output.Print(
                    new { accepted = result.Accepted, rid = result.RequestId, status = result.Status },
                    () => Console.WriteLine(result.Accepted ? $"Request {result.RequestId} was taken." : $"The site refused the request: {result.Status}."));
                return result.Accepted ? 0 : 1;
            },
            cancel));
        return command;
    }
}
