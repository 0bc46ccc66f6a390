using System.Text.Json;
using System.Text.Json.Nodes;

namespace Emulators.TelescopeOrg;

/// <summary>What a test has asked of the fake site (POST <c>/__ctl</c>); every count falls as it is used.</summary>
internal sealed class SiteControl
{
    /// <summary>States before READY; 0 answers OK_READY at once.</summary>
    public int Polls { get; set; } = 1;

    /// <summary>"never-ready", or the API request that answers success 0 with the status ERROR.</summary>
    public string Fault { get; set; } = "";

    /// <summary>Downloads that are cut in half.</summary>
    public int Truncate { get; set; }

    /// <summary>Answers without the iframe.</summary>
    public int NoIframe { get; set; }

    /// <summary>New requests allowed on top of the waiting ones.</summary>
    public int QueueLimit { get; set; } = 30;

    /// <summary>Submissions that are carried out and answered with 503.</summary>
    public int Submit503 { get; set; }

    /// <summary>Submissions that are carried out and answered with a page in place of JSON.</summary>
    public int SubmitGarbled { get; set; }

    /// <summary>Submissions that are answered with 503 and not carried out.</summary>
    public int SubmitLost { get; set; }

    /// <summary>Milliseconds between two KiB of a download.</summary>
    public int Slow { get; set; }

    /// <summary>More finished jobs in the search, one a minute from 2025-01-01 on, ids from 500001.</summary>
    public int Crowd { get; set; }

    /// <summary>How pages are written: "" as ever, "loose" or "new" (<see cref="SiteMarkup"/>).</summary>
    public string Markup { get; set; } = "";

    /// <summary>How those who are not logged in are answered: "" as ever, "redirect", "forbidden", or the status word of the API.</summary>
    public string Stranger { get; set; } = "";

    /// <summary>The page a login leads to; "" for none.</summary>
    public string LoginLeads { get; set; } = "";

    /// <summary>What files are announced as.</summary>
    public string FileType { get; set; } = "application/octet-stream";

    /// <summary>HTTP errors, or redirects, still to answer, by page.</summary>
    public Dictionary<string, (int Code, int Count, string? Location)> Http { get; } = [];

    /// <summary>Takes the settings of a JSON object; returns the names it does not know.</summary>
    public IReadOnlyList<string> Apply(JsonObject settings, Action dropSessions, Action<int> complete)
    {
        var unknown = new List<string>();
        foreach (var (name, value) in settings)
        {
            int Number() => value is null ? 0 : value.GetValueKind() == JsonValueKind.True ? 1 : value.GetValue<int>();
            switch (name)
            {
                case "polls": Polls = Number(); break;
                case "fault": Fault = value?.GetValue<string>() ?? ""; break;
                case "truncate": Truncate = Number(); break;
                case "no_iframe": NoIframe = Number(); break;
                case "queue_limit": QueueLimit = Number(); break;
                case "submit_503": Submit503 = Number(); break;
                case "submit_garbled": SubmitGarbled = Number(); break;
                case "submit_lost": SubmitLost = Number(); break;
                case "slow": Slow = Number(); break;
                case "markup": Markup = value?.GetValue<string>() ?? ""; break;
                case "stranger": Stranger = value?.GetValue<string>() ?? ""; break;
                case "login_leads": LoginLeads = value?.GetValue<string>() ?? ""; break;
                case "file_type": FileType = value?.GetValue<string>() ?? ""; break;
                case "crowd": Crowd = Number(); break;
                case "complete": complete(Number()); break;
                case "drop_sessions" when Number() > 0: dropSessions(); break;
                case "drop_sessions": break;
                case "http":
                    foreach (var (path, error) in value?.AsObject() ?? [])
                        Http[path.TrimStart('/')] = (error!["code"]!.GetValue<int>(), error["n"]!.GetValue<int>(), error["location"]?.GetValue<string>());
                    break;
                default: unknown.Add(name); break;
            }
        }

        return unknown;
    }
}
