namespace Alpaca.Devices.Options;

/// <summary>What is wrong with an option.</summary>
/// <param name="Path">Its key, with those of the groups it is in: <c>errors.cone</c>, <c>filters[2].name</c>. Empty if it concerns several.</param>
/// <param name="Message">What is wrong and what would be right, in a sentence that does not name the option.</param>
/// <param name="Line">The line in the file, from 1; 0 if it comes from elsewhere.</param>
public sealed record OptionFault(string Path, string Message, long Line = 0)
{
    /// <summary>The option and the sentence.</summary>
    public override string ToString() => Path.Length == 0 ? Message : $"{Path}: {Message}";
}
