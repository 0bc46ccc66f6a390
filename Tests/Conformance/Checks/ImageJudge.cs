using System.Buffers.Binary;
using System.Text.Json;
using Conformance.Report;
using Conformance.Wire;

namespace Conformance.Checks;

/// <summary>The image of a camera that has one, both ways of sending it.</summary>
internal static class ImageJudge
{
    private const string MediaType = "application/imagebytes";
    private const int HeaderLength = 44;

    public static async Task JudgeAsync(Device device, CancellationToken cancel)
    {
        var width = (int)((await device.ReadAsync("numx", cancel)).Number ?? 0);
        var height = (int)((await device.ReadAsync("numy", cancel)).Number ?? 0);
        var operation = device.Get("imagearray");
        var json = await device.ReadAsync("imagearray", cancel);
        if (json.Json is { } root && json.IsDone && !IsImage(root, width, height))
            device.Find(Rules.Image, operation, $"Type 1 to 3, Rank 2 or 3, and {width} columns of {height} numbers", json);

        var transaction = device.Probe.NextTransaction();
        var sent = new Sent("GET", device.PathOf("imagearray")) { Query = Device.Ids(transaction), Accept = $"{MediaType}, application/json" };
        var reply = await device.Probe.SendAsync(sent, cancel);
        if (reply.ContentType?.StartsWith(MediaType, StringComparison.OrdinalIgnoreCase) != true)
        {
            device.Report.Omit(device.Name, "ImageBytes", "the device answers with JSON although ImageBytes was asked for, which is allowed and slow");
            return;
        }

        if (Complaint(reply.Bytes, transaction, width, height) is { } complaint)
            device.Find(Rules.Image, operation.ToString(), sent, $"a header of version 1 and {width} by {height} pixels", complaint);
    }

    private static bool IsImage(JsonElement root, int width, int height)
    {
        if (!root.TryGetProperty("Type", out var type) || type.ValueKind != JsonValueKind.Number || type.GetInt32() is < 1 or > 3
            || !root.TryGetProperty("Rank", out var rank) || rank.ValueKind != JsonValueKind.Number || rank.GetInt32() is not (2 or 3)
            || !root.TryGetProperty("Value", out var value) || value.ValueKind != JsonValueKind.Array || value.GetArrayLength() != width)
            return false;
        var element = rank.GetInt32() == 2 ? JsonValueKind.Number : JsonValueKind.Array;
        return value.EnumerateArray().All(column => column.ValueKind == JsonValueKind.Array && column.GetArrayLength() == height && column[0].ValueKind == element);
    }

    /// <summary>What is wrong with an image in binary form; null if nothing is.</summary>
    private static string? Complaint(ReadOnlySpan<byte> bytes, uint transaction, int width, int height)
    {
        if (bytes.Length < HeaderLength)
            return $"{bytes.Length} bytes";
        Span<int> header = stackalloc int[11];
        for (var i = 0; i < header.Length; i++)
            header[i] = BinaryPrimitives.ReadInt32LittleEndian(bytes[(4 * i)..]);
        var shown = string.Join(' ', header.ToArray());
        if (header[0] != 1 || header[1] != 0 || (uint)header[2] != transaction || header[3] < 1 || header[4] < HeaderLength)
            return $"a header of {shown} for transaction {transaction}";
        var size = header[6] switch { 6 => 1, 1 or 8 => 2, 2 or 4 or 9 => 4, 3 or 5 or 7 => 8, _ => 0 };
        var planes = header[7] == 3 ? header[10] : 1;
        if (header[7] is not (2 or 3) || header[8] != width || header[9] != height || size == 0)
            return $"a header of {shown}";
        var expected = header[4] + ((long)width * height * planes * size);
        return bytes.Length == expected ? null : $"{bytes.Length} bytes where the header promises {expected}";
    }
}
