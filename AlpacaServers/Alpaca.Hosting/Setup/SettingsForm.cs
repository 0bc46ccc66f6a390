namespace Alpaca.Hosting;

/// <summary>Where settings are kept.</summary>
/// <param name="Path">The file.</param>
/// <param name="Exists">False if it will be made when something is saved.</param>
/// <param name="Notice">What people should know, for example that the file was changed since it was read; null if nothing.</param>
/// <param name="CanReload">True if reading the file again would change something.</param>
public sealed record SettingsSummary(string Path, bool Exists, string? Notice, bool CanReload);

/// <summary>A driver that can make a device.</summary>
/// <param name="DeviceType">As URLs spell it.</param>
/// <param name="Name">The driver's name.</param>
/// <param name="Title">Make and models.</param>
public sealed record DriverChoice(string DeviceType, string Name, string Title);

/// <summary>A device that is configured but not published.</summary>
/// <param name="DeviceType">As URLs spell it.</param>
/// <param name="Number">Its number.</param>
/// <param name="Name">The name people know it by.</param>
/// <param name="Reason">Why it is not published.</param>
public sealed record DormantDevice(string DeviceType, uint Number, string Name, string Reason);

/// <summary>A form.</summary>
/// <param name="Title">What it is for.</param>
/// <param name="Effect">When what is saved takes effect, in a sentence.</param>
/// <param name="Revision">The state of the file that the form shows: what is saved must have been made from this state.</param>
/// <param name="Items">Its fields, groups and tables.</param>
/// <param name="Error">What is wrong with the whole; null if nothing.</param>
public sealed record SettingsForm(string Title, string Effect, string Revision, IReadOnlyList<SettingsItem> Items, string? Error = null);

/// <summary>A part of a form.</summary>
/// <param name="Path">Its name in the form: unique in it.</param>
/// <param name="Label">What people call it.</param>
/// <param name="Help">What it is and what a good value is.</param>
/// <param name="IsAdvanced">True if few people need it.</param>
public abstract record SettingsItem(string Path, string Label, string Help, bool IsAdvanced);

/// <summary>How a field is filled in.</summary>
public enum SettingsControl
{
    Text,
    Number,
    Flag,
    Choice,
    Lines,
    Secret,
}

/// <summary>One value.</summary>
public sealed record SettingsField(string Path, string Label, string Help, bool IsAdvanced, SettingsControl Control) : SettingsItem(Path, Label, Help, IsAdvanced)
{
    /// <summary>What the field shows; empty if nothing is set. A flag is <c>true</c> or <c>false</c>. Of a secret, only whether there is one: empty or not.</summary>
    public string Value { get; init; } = "";

    /// <summary>What counts when the field is empty; null if it must be filled in or nothing counts then.</summary>
    public string? Default { get; init; }

    /// <summary>The unit, or null.</summary>
    public string? Unit { get; init; }

    /// <summary>What is allowed, for people: <c>0.1 to 90</c>; null if anything is.</summary>
    public string? Range { get; init; }

    /// <summary>True if a value may be negative: some phones' number pads have no minus.</summary>
    public bool MayBeNegative { get; init; }

    /// <summary>The words of a choice; the first may be empty, for "not set".</summary>
    public IReadOnlyList<string> Choices { get; init; } = [];

    /// <summary>Values to pick from, though others are allowed: serial ports, for example.</summary>
    public IReadOnlyList<string> Suggestions { get; init; } = [];

    /// <summary>True if it must be filled in.</summary>
    public bool IsRequired { get; init; }

    /// <summary>What is wrong with the value; null if nothing.</summary>
    public string? Error { get; init; }
}

/// <summary>Fields that belong together.</summary>
public sealed record SettingsGroup(string Path, string Label, string Help, bool IsAdvanced, IReadOnlyList<SettingsItem> Items) : SettingsItem(Path, Label, Help, IsAdvanced);

/// <summary>Rows that have the same fields; the last rows are empty, for new entries.</summary>
public sealed record SettingsTable(string Path, string Label, string Help, bool IsAdvanced, IReadOnlyList<SettingsRow> Rows) : SettingsItem(Path, Label, Help, IsAdvanced)
{
    /// <summary>What is wrong with the table; null if nothing.</summary>
    public string? Error { get; init; }
}

/// <summary>One row.</summary>
/// <param name="Path">Its name: <c>filters[2]</c>.</param>
/// <param name="IsNew">True for an empty row to be filled in.</param>
/// <param name="Fields">Its fields.</param>
public sealed record SettingsRow(string Path, bool IsNew, IReadOnlyList<SettingsField> Fields);

/// <summary>What came of saving.</summary>
/// <param name="IsDone">True if it was saved.</param>
/// <param name="Message">What was done and when it takes effect, or why not, for people.</param>
/// <param name="Form">If not, the form with what was filled in and what is wrong with it; null if there is nothing to correct in it.</param>
public sealed record SettingsResult(bool IsDone, string Message, SettingsForm? Form = null)
{
    /// <summary>The number of a device that was added.</summary>
    public uint? Added { get; init; }
}
