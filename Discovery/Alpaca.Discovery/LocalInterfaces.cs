using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace Alpaca.Discovery;

/// <summary>One address of one of this machine's interfaces that is up.</summary>
/// <param name="Index">The interface's number, as multicast options and scope ids use it.</param>
/// <param name="Address">An IPv4 or IPv6 unicast address.</param>
/// <param name="Broadcast">The subnet's IPv4 broadcast address; null for IPv6 and for point-to-point links.</param>
/// <param name="IsLoopback">Whether the interface is the loopback.</param>
internal sealed record LocalAddress(int Index, IPAddress Address, IPAddress? Broadcast, bool IsLoopback);

/// <summary>This machine's interfaces as discovery needs them.</summary>
internal static class LocalInterfaces
{
    public static IReadOnlyList<LocalAddress> Addresses()
    {
        var addresses = new List<LocalAddress>();
        // Linux reports the loopback's state as unknown.
        foreach (var nic in NetworkInterface.GetAllNetworkInterfaces().Where(n => n.OperationalStatus is OperationalStatus.Up or OperationalStatus.Unknown))
        {
            var isLoopback = nic.NetworkInterfaceType == NetworkInterfaceType.Loopback;
            var properties = nic.GetIPProperties();
            foreach (var unicast in properties.UnicastAddresses)
            {
                var index = unicast.Address.AddressFamily == AddressFamily.InterNetwork
                    ? nic.Supports(NetworkInterfaceComponent.IPv4) ? properties.GetIPv4Properties().Index : 0
                    : nic.Supports(NetworkInterfaceComponent.IPv6) ? properties.GetIPv6Properties().Index : 0;
                if (index != 0)
                    addresses.Add(new LocalAddress(index, unicast.Address, BroadcastOf(unicast), isLoopback));
            }
        }

        return addresses;
    }

    private static IPAddress? BroadcastOf(UnicastIPAddressInformation unicast)
    {
        if (unicast.Address.AddressFamily != AddressFamily.InterNetwork || unicast.PrefixLength is <= 0 or > 30)
            return null;
        var bytes = unicast.Address.GetAddressBytes();
        for (var bit = unicast.PrefixLength; bit < 32; bit++)
            bytes[bit / 8] |= (byte)(0x80 >> (bit % 8));
        return new IPAddress(bytes);
    }
}
