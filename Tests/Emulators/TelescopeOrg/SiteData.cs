using System.Globalization;

namespace Emulators.TelescopeOrg;

/// <summary>A request of the fake site.</summary>
internal sealed record SiteRequest(
    int Rid, int? Jid, int Status, string Name, string ObjectId, string Comment, int Telescope, string Filter, int ExposureMilliseconds,
    DateTimeOffset Requested, DateTimeOffset? Completed);

/// <summary>
/// What the fake site holds: requests 770001 to 770130, of which the first 120 are complete with the jobs 420001 to 420120, one every four hours;
/// then whatever is submitted, from 900001 on.
/// </summary>
internal sealed class SiteData
{
    public const int FirstRid = 770001, FirstJid = 420001, Complete = 120, Waiting = 10;
    private const int FirstNewRid = 900001, FirstNewJid = 430001;
    private static readonly DateTimeOffset _firstCompletion = new(2024, 11, 11, 0, 2, 39, TimeSpan.Zero);
    private static readonly string[] _names = ["SS Cyg", "Z Cam", "RX And", "U Gem", "SU UMa"];
    private static readonly string[] _positions =
        ["21:42:42.79 +43:35:09.90", "08:25:13.20 +73:06:39.20", "01:04:35.53 +41:17:57.80", "07:55:05.23 +22:00:05.00", "08:12:28.26 +62:36:22.30"];

    private readonly List<SiteRequest> _requests = [];
    private int _newJobs;

    public SiteData()
    {
        for (var n = 1; n <= Complete + Waiting; n++)
        {
            var done = n <= Complete;
            var completed = _firstCompletion + TimeSpan.FromHours(4 * (n - 1));
            var pirate = n is > 80 and <= 90;
            _requests.Add(new(
                FirstRid + n - 1, done ? FirstJid + n - 1 : null, done ? 8 : 3, _names[(n - 1) % _names.Length], _positions[(n - 1) % _positions.Length], "AutoSubmit",
                pirate ? 7 : 6, pirate ? "Colour" : "BVR", 120_000, completed - TimeSpan.FromHours(30), done ? completed : null));
        }
    }

    /// <summary>Newest last.</summary>
    public IReadOnlyList<SiteRequest> Requests => _requests;

    /// <summary>Submitted requests that still wait.</summary>
    public IEnumerable<SiteRequest> NewWaiting => _requests.Where(r => r.Rid >= FirstNewRid && r.Status != 8);

    public IEnumerable<SiteRequest> Folder(int id) => id switch
    {
        1 => _requests,
        461 => _requests.Take(40),
        _ => [],
    };

    public SiteRequest? ByRid(int rid) => _requests.Find(r => r.Rid == rid);

    public SiteRequest? ByJid(int jid) => _requests.Find(r => r.Jid == jid);

    /// <summary>Every third job has no flat.</summary>
    public static int? FlatOf(int jid) => jid % 10_000 % 3 == 0 ? null : 30 + jid % 10_000;

    public static string TelescopeName(int number) => number switch
    {
        1 => "Constellation",
        2 => "Galaxy",
        3 => "Cluster",
        5 => "Planet",
        7 => "PIRATE",
        _ => "COAST",
    };

    public SiteRequest Add(string name, string objectId, string comment, int telescope, string filter, int exposureMilliseconds, DateTimeOffset now)
    {
        var rid = Math.Max(FirstNewRid - 1, _requests[^1].Rid) + 1;
        var request = new SiteRequest(rid, null, 1, name, objectId, comment, telescope, filter, exposureMilliseconds, now, null);
        _requests.Add(request);
        return request;
    }

    /// <summary>Completes the oldest submitted requests that wait and were made before a moment.</summary>
    public void CompleteOldest(int count, DateTimeOffset madeBefore, DateTimeOffset now)
    {
        foreach (var request in NewWaiting.Where(r => r.Requested <= madeBefore).Take(count).ToList())
            _requests[_requests.IndexOf(request)] = request with { Jid = FirstNewJid + _newJobs++, Status = 8, Completed = now };
    }

    public static string SiteTime(DateTimeOffset time) =>
        time.ToString("'Site time of' d MMMM yyyy '('HH:mm:ss 'UTC)'", CultureInfo.InvariantCulture);
}
