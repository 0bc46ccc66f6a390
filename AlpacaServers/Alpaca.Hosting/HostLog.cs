using System.Net;
using Microsoft.Extensions.Logging;

namespace Alpaca.Hosting;

/// <summary>
/// What the server says in its log. Event ids are stable: 1001 and on devices, 1101 and on clients, 1201 and on failures. One line per change of state, none per request.
/// </summary>
internal static partial class HostLog
{
    [LoggerMessage(1001, LogLevel.Information, "{DeviceType} {DeviceNumber} ({DeviceName}) is connected")]
    public static partial void DeviceConnected(ILogger log, string deviceType, uint deviceNumber, string deviceName);

    [LoggerMessage(1002, LogLevel.Information, "{DeviceType} {DeviceNumber} ({DeviceName}) is disconnected")]
    public static partial void DeviceDisconnected(ILogger log, string deviceType, uint deviceNumber, string deviceName);

    [LoggerMessage(1003, LogLevel.Warning, "{DeviceType} {DeviceNumber} ({DeviceName}) is lost: {Fault}")]
    public static partial void DeviceLost(ILogger log, string deviceType, uint deviceNumber, string deviceName, string fault);

    [LoggerMessage(1004, LogLevel.Information, "{DeviceType} {DeviceNumber} ({DeviceName}) is back")]
    public static partial void DeviceRestored(ILogger log, string deviceType, uint deviceNumber, string deviceName);

    [LoggerMessage(1005, LogLevel.Warning, "{DeviceType} {DeviceNumber} ({DeviceName}) could not be connected: {Fault}")]
    public static partial void DeviceNotConnected(ILogger log, string deviceType, uint deviceNumber, string deviceName, string fault);

    [LoggerMessage(1006, LogLevel.Warning, "{DeviceType} {DeviceNumber} ({DeviceName}) does not answer; its driver hangs")]
    public static partial void DeviceSilent(ILogger log, string deviceType, uint deviceNumber, string deviceName);

    [LoggerMessage(1007, LogLevel.Information, "{DeviceType} {DeviceNumber} ({DeviceName}) is no longer published")]
    public static partial void DeviceWithdrawn(ILogger log, string deviceType, uint deviceNumber, string deviceName);

    [LoggerMessage(1008, LogLevel.Error, "{DeviceName}: {Method} {Path} failed")]
    public static partial void DeviceFailed(ILogger log, Exception cause, string deviceName, string method, string path);

    [LoggerMessage(1101, LogLevel.Information, "First connection from {Address}")]
    public static partial void ClientSeen(ILogger log, IPAddress address);

    [LoggerMessage(1102, LogLevel.Warning, "Wrong credentials from {Address}")]
    public static partial void WrongCredentials(ILogger log, IPAddress address);

    [LoggerMessage(1103, LogLevel.Warning, "Too many wrong credentials from {Address}: no new ones are looked at for a while")]
    public static partial void TooManyAttempts(ILogger log, IPAddress address);

    [LoggerMessage(1104, LogLevel.Warning, "Too many connections from {Address}: more than {Limit} are refused (security.max_connections_per_address)")]
    public static partial void TooManyConnectionsOfAddress(ILogger log, IPAddress address, int limit);

    [LoggerMessage(1105, LogLevel.Warning, "Too many connections: more than {Limit} are refused (security.max_connections)")]
    public static partial void TooManyConnections(ILogger log, int limit);

    [LoggerMessage(1106, LogLevel.Warning, "Requests for the name \"{Name}\" are refused; if it is this server's, add it to security.allowed_hosts")]
    public static partial void ForeignHost(ILogger log, string name);

    [LoggerMessage(1107, LogLevel.Warning, "Requests from web pages of \"{Origin}\" are refused; if it is this observatory's, add it to security.trusted_origins")]
    public static partial void ForeignOrigin(ILogger log, string origin);

    [LoggerMessage(1201, LogLevel.Warning, "The reply to {Method} {Path} broke off")]
    public static partial void BrokenOff(ILogger log, Exception cause, string method, string path);

    [LoggerMessage(1202, LogLevel.Error, "{Method} {Path} failed")]
    public static partial void Failed(ILogger log, Exception cause, string method, string path);

    [LoggerMessage(1203, LogLevel.Warning, "The certificate could not be renewed, the old one stays in use: {Problem}")]
    public static partial void CertificateNotRenewed(ILogger log, string problem);
}
