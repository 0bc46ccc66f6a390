using System.Reflection;
using Alpaca.Contract;
using Alpaca.Hosting;

namespace Alpaca.Client.Tests;

/// <summary>Every member of every device type, from a client over HTTP through the real host to a device and back.</summary>
public sealed class EveryMemberTests
{
    public static TheoryData<Type> DeviceTypes => [.. typeof(IAlpacaDevice).Assembly.GetExportedTypes().Where(t => t.GetCustomAttribute<AlpacaDeviceAttribute>() is not null)];

    [Fact]
    public void There_are_ten_device_types() => Assert.Equal(10, DeviceTypes.Count);

    [Theory]
    [MemberData(nameof(DeviceTypes))]
    public async Task Arguments_and_values_arrive_as_they_were_sent(Type type)
    {
        var (device, record) = RecordingDevice.Create(type);
        await using var host = await StartAsync(device);
        using var connection = new AlpacaConnection(host.Address, RawServer.Quick);
        var client = DeviceClients.Create(Assert.Single((await AlpacaServer.ReadAsync(connection)).Devices), connection);
        Assert.True(type.IsInstanceOfType(client));
        record.Calls.Clear();
        record.Arguments.Clear();
        var members = Members(type);
        foreach (var (member, seed) in members.Select((m, i) => (m, i)))
        {
            var arguments = member.GetParameters().Select((p, i) => p.ParameterType == typeof(CancellationToken) ? CancellationToken.None : Sample(p.ParameterType, seed + i)).ToArray();
            var result = member.ReturnType.GenericTypeArguments.FirstOrDefault();
            record.Answer = result is null ? null : Sample(result, seed);
            var returned = await CallAsync(client, member, arguments);
            Assert.Equal(member.Name, record.Calls[^1]);
            Assert.Equal(arguments[..^1], record.Arguments[^1][..^1]);
            AssertSame(record.Answer, returned, member.Name);
        }

        Assert.True(members.Count >= 16, $"{type.Name} has {members.Count} members");
        Assert.Equal(new ClientCounters { Requests = members.Count + 2 }, connection.Counters);
    }

    [Theory]
    [MemberData(nameof(DeviceTypes))]
    public async Task A_refusal_arrives_with_its_number_and_message(Type type)
    {
        var (device, record) = RecordingDevice.Create(type);
        await using var host = await StartAsync(device);
        using var connection = new AlpacaConnection(host.Address, RawServer.Quick);
        var client = DeviceClients.Create(Assert.Single((await AlpacaServer.ReadAsync(connection)).Devices), connection);
        foreach (var (member, seed) in Members(type).Select((m, i) => (m, i)))
        {
            record.Failure = new AlpacaException(0x500 + seed, $"Nr. {seed}: \"zu kalt\" — 3 °C.");
            var arguments = member.GetParameters().Select(p => p.ParameterType == typeof(CancellationToken) ? CancellationToken.None : Sample(p.ParameterType, 1)).ToArray();
            var error = await Assert.ThrowsAsync<AlpacaException>(() => CallAsync(client, member, arguments));
            Assert.Equal((0x500 + seed, record.Failure.Message), (error.Number, error.Message));
        }
    }

    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    public async Task Any_image_survives_the_way_from_host_to_client(int seed)
    {
        var (device, record) = RecordingDevice.Create(typeof(ICamera));
        await using var host = await StartAsync(device);
        using var connection = new AlpacaConnection(host.Address, RawServer.Quick);
        var camera = DeviceClients.Create<ICamera>(connection);
        var random = new Random(seed);
        for (var i = 0; i < 20; i++)
        {
            var (width, height, planes) = (random.Next(1, 300), random.Next(1, 300), random.Next(2) == 0 ? 1 : 3);
            var count = width * height * planes;
            var values = Enumerable.Range(0, count);
            using var sent = (i % 5) switch
            {
                0 => ImageArray.CopyOf<byte>([.. values.Select(_ => (byte)random.Next(256))], width, height, planes),
                1 => ImageArray.CopyOf<short>([.. values.Select(_ => (short)random.Next(-32768, 32768))], width, height, planes),
                2 => ImageArray.CopyOf<ushort>([.. values.Select(_ => (ushort)random.Next(65536))], width, height, planes),
                3 => ImageArray.CopyOf<int>([.. values.Select(_ => random.Next(int.MinValue, int.MaxValue))], width, height, planes),
                _ => ImageArray.CopyOf<uint>([.. values.Select(_ => (uint)random.Next())], width, height, planes),
            };
            // The host disposes what the device gives it.
            record.Answer = sent.Share();
            using var received = await (i % 2 == 0 ? camera.ImageArrayAsync() : camera.ImageArrayVariantAsync());
            Assert.Equal((width, height, planes), (received.Width, received.Height, received.Planes));
            Assert.Equal(Numbers(sent), Numbers(received));
        }
    }

    internal static async Task<AlpacaHost> StartAsync(params IAlpacaDevice[] devices)
    {
        var registry = new DeviceRegistry();
        for (var i = 0; i < devices.Length; i++)
            registry.Add(devices[i], $"Device {i}", $"id-{i}");
        var host = new AlpacaHost(new AlpacaHostOptions { Port = 0, WatchInterval = null, ServerName = "The test's", Location = "Here" }, registry);
        await host.StartAsync();
        return host;
    }

    private static List<MethodInfo> Members(Type type) =>
        [.. typeof(IAlpacaDevice).GetMethods().Concat(type.GetMethods()).Where(m => m.GetCustomAttribute<AlpacaMemberAttribute>() is not null)];

    private static async Task<object?> CallAsync(IAlpacaDevice client, MethodInfo member, object?[] arguments)
    {
        var task = member.Invoke(client, arguments)!;
        if (task is ValueTask plain)
        {
            await plain;
            return null;
        }

        var generic = (Task)task.GetType().GetMethod("AsTask")!.Invoke(task, null)!;
        await generic;
        return generic.GetType().GetProperty("Result")!.GetValue(generic);
    }

    private static object Sample(Type type, int seed) => type switch
    {
        _ when type == typeof(bool) => seed % 2 == 0,
        _ when type == typeof(int) => (seed * 7919) - 3,
        _ when type == typeof(double) => Math.Sqrt(seed + 2) * (seed % 2 == 0 ? 1 : -1e-7),
        _ when type == typeof(string) => $"Ä & = + % \" \\ / ☾ {seed}",
        _ when type == typeof(DateTimeOffset) => new DateTimeOffset(2026, 11, 21, 22, 30, 15, TimeSpan.Zero).AddMilliseconds(seed),
        _ when type.IsEnum => Enum.GetValues(type).GetValue(seed % Enum.GetValues(type).Length)!,
        _ when type == typeof(IReadOnlyList<string>) => new[] { string.Empty, $"R{seed}", "é\"" },
        _ when type == typeof(IReadOnlyList<int>) => new[] { seed, -seed, int.MaxValue },
        _ when type == typeof(IReadOnlyList<DriveRate>) => new[] { DriveRate.Sidereal, DriveRate.King },
        _ when type == typeof(IReadOnlyList<AxisRate>) => new AxisRate[] { new(0.1, 0.30000000000000004), new(2, 4) },
        _ when type == typeof(IReadOnlyList<StateValue>) => new StateValue[] { new("A", true), new("B", 12), new("C", 1.5), new("D", "text") },
        _ when type == typeof(ImageArray) => ImageArray.CopyOf<ushort>([1, 2, 3, 4, 5, 65535], 3, 2),
        _ => throw new NotSupportedException(type.Name),
    };

    private static void AssertSame(object? sent, object? received, string member)
    {
        if (sent is ImageArray && received is ImageArray image)
            Assert.Equal<ushort>([1, 2, 3, 4, 5, 65535], image.Pixels<ushort>().ToArray());
        else if (sent is IEnumerable<StateValue> state)
            Assert.Equal(state, ((IEnumerable<StateValue>)received!).Take(state.Count()));
        else
            Assert.True(sent is null ? received is null : sent is System.Collections.IEnumerable and not string
                ? ((System.Collections.IEnumerable)sent).Cast<object>().SequenceEqual(((System.Collections.IEnumerable)received!).Cast<object>())
                : sent.Equals(received), $"{member}: {sent} was sent and {received} arrived");
    }

    private static long[] Numbers(ImageArray image) => image.ElementType switch
    {
        ImageElementType.Byte => [.. image.Pixels<byte>().ToArray().Select(v => (long)v)],
        ImageElementType.Int16 => [.. image.Pixels<short>().ToArray().Select(v => (long)v)],
        ImageElementType.UInt16 => [.. image.Pixels<ushort>().ToArray().Select(v => (long)v)],
        ImageElementType.Int32 => [.. image.Pixels<int>().ToArray().Select(v => (long)v)],
        _ => [.. image.Pixels<uint>().ToArray().Select(v => (long)v)],
    };
}
