namespace Conformance.Report;

/// <summary>A rule broken.</summary>
/// <param name="Rule">Which.</param>
/// <param name="Device">Type and number, for example <c>focuser/0</c>, or <c>server</c>.</param>
/// <param name="Member">The member, or what else was asked.</param>
/// <param name="Sent">The request, as a command for a shell.</param>
/// <param name="Expected">What should have come back.</param>
/// <param name="Got">What came back.</param>
public sealed record Finding(Rule Rule, string Device, string Member, string Sent, string Expected, string Got);

/// <summary>Something that was not checked, and why.</summary>
public sealed record Omission(string Device, string Check, string Reason);
