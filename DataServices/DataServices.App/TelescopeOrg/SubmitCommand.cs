using System.CommandLine;
using DataServices.TelescopeOrg;

namespace DataServices.App.TelescopeOrg;

/// <summary><c>submit</c>: one request for an exposure.</summary>
internal static class SubmitCommand
{
    public static Command Create(SiteOptions site)
    {
        var ra = new Option<string?>("--ra") { Description = "Right ascension, hours: 21:42:42.79 (J2000)." };
        var dec = new Option<string?>("--dec") { Description = "Declination, degrees: +43:35:09.9 (J2000)." };
        var star = new Option<string?>("--object") { Description = "In place of --ra and --dec: a name, whose position the catalogues know (Sesame of the CDS)." };
        var exposure = new Option<double>("--exposure") { Description = "Exposure time in seconds.", Required = true };
        var telescope = new Option<string>("--telescope") { Description = "Telescope: COAST, PIRATE, Galaxy, Cluster, Constellation or Planet.", Required = true };
        var filter = new Option<string>("--filter") { Description = "Filter, in the words of any telescope: BVR or Colour, B or Blue ...", Required = true };
        var name = new Option<string>("--name") { Description = "Name of the object; with --object that is its name.", DefaultValueFactory = _ => "RaDec object" };
        var comment = new Option<string>("--comment") { Description = "Comment kept with the request.", DefaultValueFactory = _ => "AutoSubmit" };
        var command = new Command("submit", "Asks for an exposure. Exit code 1 when the site refuses (QUEUE_FULL, BAD_EXPOSURE).") { ra, dec, star, exposure, telescope, filter, name, comment };
        command.Validators.Add(result =>
        {
            var (hasRa, hasDec, hasStar) = (result.GetValue(ra) is not null, result.GetValue(dec) is not null, result.GetValue(star) is not null);
            if (hasStar ? hasRa || hasDec : !(hasRa && hasDec))
                result.AddError("Give --ra and --dec, or --object.");
        });
        command.SetAction((parse, cancel) => site.RunAsync(
            parse,
            async (client, output, token) =>
            {
                var (where, time, colours, note) = (parse.GetValue(telescope)!, TimeSpan.FromSeconds(parse.GetValue(exposure)), parse.GetValue(filter)!, parse.GetValue(comment)!);
                SubmissionResult result;
                if (parse.GetValue(star) is { } named)
                {
                    using var resolver = new NameResolver(site.SkyServices(parse), TimeProvider.System);
                    result = await client.SubmitStarAsync(named, resolver, where, time, colours, note, token);
                }
                else
                {
                    result = await client.SubmitAsync(new(SkyPosition.Parse(parse.GetValue(ra)!, parse.GetValue(dec)!), where, time, colours, parse.GetValue(name)!, note), token);
                }

                output.Print(
                    new { accepted = result.Accepted, rid = result.RequestId, status = result.Status },
                    () => Console.WriteLine(result.Accepted ? $"Request {result.RequestId} was taken." : $"The site refused the request: {result.Status}."));
                return result.Accepted ? 0 : 1;
            },
            cancel));
        return command;
    }
}
