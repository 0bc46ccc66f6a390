using System.Text.Json;
using System.Text.Json.Serialization;
using DataServices.Aartfaac;

namespace DataServices.App.Aartfaac;

/// <summary>One group as the JSON of <c>aartfaac read</c> and <c>listen</c>; scripts depend on every name.</summary>
internal sealed record GroupLine(string Time, bool Complete, string Reason, IReadOnlyList<ImageLine> Images)
{
    public static string Text(ImageGroup group, int expected) =>
        $"{ObservationStamp.Format(group.Stamp),-28} {group.Images.Count} of {expected}  {group.Reason.ToString().ToLowerInvariant()}";

    public static string Json(ImageGroup group, IReadOnlyList<string> endpoints)
    {
        var images = group.Images.Select(image => new ImageLine(
            endpoints[image.Endpoint], image.Window.RestFrequency, image.Window.Width, image.Window.Height, $"{image.Window.Crc32():x8}", image.Window.Sum() is var sum && double.IsFinite(sum) ? sum : null));
        var line = new GroupLine(ObservationStamp.Format(group.Stamp), group.IsComplete, group.Reason.ToString().ToLowerInvariant(), [.. images]);
        return JsonSerializer.Serialize(line, GroupJson.Default.GroupLine);
    }
}

/// <summary>One image of a <see cref="GroupLine"/>.</summary>
internal sealed record ImageLine(string Endpoint, string? Restfreq, int Width, int Height, string Crc32, double? Sum);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(GroupLine))]
internal sealed partial class GroupJson : JsonSerializerContext;
