namespace Alpaca.Client;

/// <summary>What a request is about, for the messages of its failures.</summary>
/// <param name="Server">The server's root.</param>
/// <param name="Device">Type and number of the device, or <c>management</c>.</param>
/// <param name="Member">The member, as the URL spells it.</param>
/// <param name="IsCommand">Whether it is a PUT.</param>
internal sealed record RequestSubject(Uri Server, string Device, string Member, bool IsCommand)
{
    public override string ToString() => $"{Device} at {Server.GetLeftPart(UriPartial.Authority)}, {(IsCommand ? "PUT" : "GET")} {Member}";
}
