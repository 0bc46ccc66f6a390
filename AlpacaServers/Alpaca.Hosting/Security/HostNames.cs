using System.Net;
using System.Net.NetworkInformation;
using Microsoft.AspNetCore.Http;

namespace Alpaca.Hosting;

/// <summary>
/// The names this server answers to. A browser that was led here by a stranger's name (DNS rebinding) sends that name as Host, and takes this server for the stranger's site.
/// So a name is answered to only if no stranger can own it: an address, localhost, this machine's name alone or in the local domains, or one that the configuration lists.
/// </summary>
internal sealed class HostNames
{
    private const string Anything = "*";
    private const string Resolver = "/etc/resolv.conf";

    /// <summary>Domains that the public name service does not have, and never will.</summary>
    private static readonly string[] s_localDomains = ["local", "lan", "home.arpa", "internal", "localdomain"];

    private readonly HashSet<string> _names = new(StringComparer.OrdinalIgnoreCase);

    /// <param name="configured">More names; <c>*</c> for any name, which gives the check up.</param>
    public HostNames(IEnumerable<string> configured)
    {
        foreach (var name in configured)
            _names.Add(name.TrimEnd('.'));
        var machine = Environment.MachineName;
        _names.UnionWith(["localhost", machine]);
        var label = machine.Split('.')[0];
        _names.Add(label);
        _names.UnionWith(s_localDomains.Concat(SearchDomains()).Select(domain => $"{label}.{domain}"));
    }

    /// <summary>All names, for the certificate.</summary>
    public IEnumerable<string> Names => _names.Where(name => name != Anything);

    /// <summary>Whether a Host header, with or without port, is for this server.</summary>
    public bool Contains(string host)
    {
        var name = new HostString(host).Host.TrimEnd('.');
        return IPAddress.TryParse(name, out _) || _names.Contains(name) || name.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase) || _names.Contains(Anything);
    }

    /// <summary>The domains that people here may leave out: "pi.example.lan" is asked for as "pi".</summary>
    private static IEnumerable<string> SearchDomains()
    {
        var own = IPGlobalProperties.GetIPGlobalProperties().DomainName;
        var searched = File.Exists(Resolver)
            ? File.ReadLines(Resolver).Select(line => line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).Where(words => words is ["search" or "domain", ..]).SelectMany(words => words[1..])
            : [];
        return searched.Append(own).Select(domain => domain.Trim('.')).Where(domain => domain.Length > 0 && domain != "(none)");
    }
}
