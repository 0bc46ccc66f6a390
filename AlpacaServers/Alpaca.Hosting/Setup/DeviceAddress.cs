namespace Alpaca.Hosting;

/// <summary>A device as its pages are addressed.</summary>
/// <param name="Type">As URLs spell it.</param>
/// <param name="Number">Its number within its type.</param>
/// <param name="Registered">The device; null if it is configured but not published.</param>
internal sealed record DeviceAddress(string Type, uint Number, RegisteredDevice? Registered)
{
    /// <summary>Where its pages begin.</summary>
    public string Base { get; } = FormattableString.Invariant($"/setup/v1/{Type}/{Number}");

    /// <summary>The type in words.</summary>
    public string TypeWords => TypeName(Type);

    /// <summary>A device type in words, for people.</summary>
    public static string TypeName(string type) => Dispatch.FindKind(type) is { } kind ? ReadingText.Words(kind.Name) : type;
}
