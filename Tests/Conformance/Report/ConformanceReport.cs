namespace Conformance.Report;

/// <summary>What a run found. Checks on many connections write into it at once.</summary>
public sealed class ConformanceReport
{
    private readonly Lock _gate = new();
    private readonly List<Finding> _findings = [];
    private readonly List<Omission> _omissions = [];
    private readonly SortedSet<string> _devices = new(StringComparer.Ordinal);

    /// <summary>Rules broken, in the order found.</summary>
    public IReadOnlyList<Finding> Findings
    {
        get
        {
            lock (_gate)
                return [.. _findings];
        }
    }

    /// <summary>What was not checked.</summary>
    public IReadOnlyList<Omission> Omissions
    {
        get
        {
            lock (_gate)
                return [.. _omissions];
        }
    }

    /// <summary>The devices checked.</summary>
    public IReadOnlyCollection<string> Devices
    {
        get
        {
            lock (_gate)
                return [.. _devices];
        }
    }

    /// <summary>Requests sent.</summary>
    public int Requests { get; set; }

    /// <summary>How long it took.</summary>
    public TimeSpan Took { get; set; }

    public int Faults => Findings.Count(f => f.Rule.Weight == Weight.Fault);

    public int Advice => Findings.Count(f => f.Rule.Weight == Weight.Advice);

    public void Add(Finding finding)
    {
        lock (_gate)
            _findings.Add(finding);
    }

    public void Omit(string device, string check, string reason)
    {
        lock (_gate)
            _omissions.Add(new Omission(device, check, reason));
    }

    public void Checked(string device)
    {
        lock (_gate)
            _devices.Add(device);
    }
}
