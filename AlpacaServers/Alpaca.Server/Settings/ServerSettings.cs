using Alpaca.Devices.Drivers;
using Alpaca.Devices.Links;
using Alpaca.Devices.Options;
using Alpaca.Hosting;
using Microsoft.Extensions.Logging;

namespace Alpaca.Server;

/// <summary>The settings of a running server: shown from the file, changed in the file, and put into effect as far as that can be done now.</summary>
internal sealed class ServerSettings : IServerSettings, IAsyncDisposable
{
    private const string Devices = "devices";
    private const string Restart = "The server's own settings take effect when it is started again. Options of the command line go over the file.";
    private const string WhenDisconnected = "Takes effect at once if the device is not connected, else as soon as it is disconnected.";

    private static readonly OptionModel s_sections = OptionModel.Of<ConfigurationSections>();

    /// <summary>What pages show of the sections. Who may use the server is not for a page of that server to change, nor which files it writes.</summary>
    private static readonly OptionField[] s_shown = [.. s_sections.Fields.Where(f => f.Key != "security")];
    private static readonly OptionField[] s_common = [.. OptionModel.Of<DeviceEntry>().Fields.Where(f => f.Key is not ("type" or "driver" or "number" or "record"))];
    private static readonly OptionField s_number = OptionModel.Of<DeviceEntry>().Fields.Single(f => f.Key == "number");
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(1);

    private readonly ConfigurationStore _store;
    private readonly PublishedDevices _published;
    private readonly ILogger _log;
    private readonly SettingsForms _forms;
    private readonly SemaphoreSlim _saving = new(1);
    private readonly ITimer _settling;
    private ServerConfiguration _configuration;
    private int _isSettling;

    /// <param name="store">The file.</param>
    /// <param name="configuration">What the server was started with.</param>
    /// <param name="published">Its devices.</param>
    /// <param name="links">Whose ports are suggested.</param>
    /// <param name="loggers">Where changes are told.</param>
    public ServerSettings(ConfigurationStore store, ServerConfiguration configuration, PublishedDevices published, LinkFactory links, ILoggerFactory loggers)
    {
        (_store, _configuration, _published) = (store, configuration, published);
        _log = loggers.CreateLogger("Alpaca.Server");
        _forms = new SettingsForms(() => [.. links.SerialPorts.Select(p => p.BestName)]);
        _settling = TimeProvider.System.CreateTimer(_ => _ = SettleAsync(), null, s_interval, s_interval);
    }

    public SettingsSummary Summary
    {
        get
        {
            var isChanged = _store.IsChangedElsewhere;
            return new SettingsSummary(
                _store.Path, _store.Exists, isChanged ? "The configuration file was changed since the server read it. What is shown here is from before." : null, isChanged);
        }
    }

    public IReadOnlyList<DriverChoice> Drivers { get; } = [.. DeviceCatalogue.All.Select(d => new DriverChoice(d.TypeName, d.Name, d.Title))];

    public IReadOnlyList<DormantDevice> Dormant =>
        [.. _configuration.Devices.Where(d => !d.Entry.Enabled && _published.Find(d.Key) is null).Select(d => new DormantDevice(d.Driver.TypeName, d.Number, d.Name, "switched off"))];

    public SettingsForm ServerForm() => ServerForm(Content, []);

    public SettingsForm? DeviceForm(string deviceType, uint number) => Find(deviceType, number) is var (device, _) ? DeviceForm(device, device.Written, []) : null;

    public SettingsForm? NewDeviceForm(string deviceType, string driver) =>
        DriverOf(deviceType, driver) is { } found ? NewDeviceForm(found, DeviceList.Entry(found), []) : null;

    public ValueTask<SettingsResult> SaveServerAsync(SettingsInput input, CancellationToken cancel) => GuardedAsync(input, () =>
    {
        var yaml = new YamlText(_store.Text);
        SettingsChanges.Apply(yaml, s_shown, Content, input, "");
        if (yaml.Text == _store.Text)
            return new(new SettingsResult(true, "Nothing was changed."));
        var faults = new List<OptionFault>();
        s_sections.Bind(yaml.Content, faults, alsoKnown: [Devices]);
        if (faults.Count > 0)
            return new(new SettingsResult(false, Summarise(faults.Count), ServerForm(yaml.Content, faults)));
        Save(yaml);
        return new(new SettingsResult(true, $"Saved to {_store.Path}. It takes effect when the server is started again."));
    }, cancel);

    public ValueTask<SettingsResult> SaveDeviceAsync(string deviceType, uint number, SettingsInput input, CancellationToken cancel) => GuardedAsync(input, async () =>
    {
        if (Find(deviceType, number) is not var (device, place))
            return new SettingsResult(false, $"There is no {deviceType} {number} any more.");
        var yaml = WithDevices();
        var before = yaml.Text;
        var at = FormattableString.Invariant($"{Devices}[{place}]");
        SettingsChanges.Apply(yaml, FieldsOf(device.Driver), device.Written, input, at);
        if (yaml.Text == before)
            return new SettingsResult(true, "Nothing was changed.");
        var faults = new List<OptionFault>();
        DeviceList.Read(yaml.Content.Find(Devices)!, faults);
        if (faults.Count > 0)
            return new SettingsResult(false, Summarise(faults.Count), DeviceForm(device, yaml.Content.Find(Devices)!.Items![place], Below(faults, at)));
        Save(yaml);
        await _published.FollowAsync(_configuration.Devices, cancel);
        return new SettingsResult(true, _published.IsPending(device.Key)
            ? $"Saved to {_store.Path}. {device.Name} is connected: it takes effect as soon as the device is disconnected."
            : $"Saved to {_store.Path}, and in effect.");
    }, cancel);

    public ValueTask<SettingsResult> AddDeviceAsync(string deviceType, string driver, SettingsInput input, CancellationToken cancel) => GuardedAsync(input, async () =>
    {
        if (DriverOf(deviceType, driver) is not { } found)
            return new SettingsResult(false, $"There is no driver \"{driver}\" for a {deviceType}.");
        var entry = SettingsChanges.Fill(DeviceList.Entry(found), [s_number, .. FieldsOf(found)], input);
        var yaml = WithDevices();
        yaml.Append(Devices, entry);
        var faults = new List<OptionFault>();
        var devices = DeviceList.Read(yaml.Content.Find(Devices)!, faults);
        var at = FormattableString.Invariant($"{Devices}[{yaml.Content.Find(Devices)!.Items!.Count - 1}]");
        if (faults.Count > 0)
            return new SettingsResult(false, Summarise(faults.Count), NewDeviceForm(found, entry, Below(faults, at)));
        Save(yaml);
        await _published.FollowAsync(_configuration.Devices, cancel);
        return new SettingsResult(true, $"{devices[^1].Name} was added and saved to {_store.Path}.") { Added = devices[^1].Number };
    }, cancel);

    public ValueTask<SettingsResult> RemoveDeviceAsync(string deviceType, uint number, SettingsInput input, CancellationToken cancel) => GuardedAsync(input, async () =>
    {
        if (Find(deviceType, number) is not var (device, place))
            return new SettingsResult(false, $"There is no {deviceType} {number} any more.");
        if (_published.Find(device.Key) is { } registered && await PublishedDevices.IsInUseAsync(registered.Device, cancel))
            return new SettingsResult(false, $"{device.Name} is connected. Disconnect it first; then it can be removed.");
        var yaml = WithDevices();

        // Numbers that were never written follow from the entries before: written down now, the others keep theirs.
        for (var i = 0; i < _configuration.Devices.Count; i++)
        {
            var other = _configuration.Devices[i];
            if (i != place && other.Driver.DeviceType == device.Driver.DeviceType && other.Entry.Number is null)
                yaml.Set(FormattableString.Invariant($"{Devices}[{i}].number"), FormattableString.Invariant($"{other.Number}"));
        }

        yaml.Remove(FormattableString.Invariant($"{Devices}[{place}]"));
        Save(yaml);
        await _published.FollowAsync(_configuration.Devices, cancel);
        return new SettingsResult(true, $"{device.Name} was removed, and its entry taken out of {_store.Path}.");
    }, cancel);

    public async ValueTask<SettingsResult> ReloadAsync(CancellationToken cancel)
    {
        await _saving.WaitAsync(cancel);
        try
        {
            var before = Sections;
            _configuration = _store.Reload();
            await _published.FollowAsync(_configuration.Devices, cancel);
            SettingsLog.Reloaded(_log, _store.Path);
            return new SettingsResult(true, $"{_store.Path} was read again."
                + (YamlTree.AreEqual(before, Sections) ? "" : " The server's own settings in it take effect when the server is started again.")
                + (_published.HasPending ? " Devices that are connected take their new settings when they are disconnected." : ""));
        }
        catch (ConfigurationException e)
        {
            SettingsLog.NotReloaded(_log, e.Message);
            return new SettingsResult(false, $"Everything stays as it was. {e.Message}");
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or NotSupportedException)
        {
            SettingsLog.NoEffect(_log, e.Message);
            return new SettingsResult(false, $"The file was read again, but not everything could take effect: {e.Message}");
        }
        finally
        {
            _saving.Release();
        }
    }

    public string? Pending(string deviceType, uint number) => _published.IsPending(FormattableString.Invariant($"{deviceType}/{number}"))
        ? "New settings wait: they take effect when the device is disconnected."
        : null;

    public async ValueTask DisposeAsync()
    {
        await _settling.DisposeAsync();
        await _published.DisposeAsync();
        _saving.Dispose();
    }

    private static Driver? DriverOf(string deviceType, string name) => DeviceCatalogue.All.FirstOrDefault(d => d.TypeName == deviceType && d.Name == name);

    private static OptionField[] FieldsOf(Driver driver) => [.. s_common.Where(f => !f.IsAdvanced), .. driver.Options.Fields, .. s_common.Where(f => f.IsAdvanced)];

    private static string Summarise(int faults) => faults == 1 ? "Nothing was saved: one value is not right." : FormattableString.Invariant($"Nothing was saved: {faults} values are not right.");

    /// <summary>Faults with their paths as the form of one entry has them.</summary>
    private static OptionFault[] Below(IEnumerable<OptionFault> faults, string at) =>
        [.. faults.Select(f => f with { Path = f.Path.StartsWith(at + ".", StringComparison.Ordinal) ? f.Path[(at.Length + 1)..] : f.Path == at ? "" : f.Path })];

    /// <summary>What concerns no single field.</summary>
    private static string? General(IReadOnlyCollection<OptionFault> faults) => faults.FirstOrDefault(f => f.Path.Length == 0)?.Message;

    private OptionNode Content => new YamlText(_store.Text).Content;

    /// <summary>What the file says of the server itself.</summary>
    private OptionNode Sections => OptionNode.Mapping((Content.Entries ?? []).Where(e => e.Key != Devices));

    private (ConfiguredDevice Device, int Place)? Find(string deviceType, uint number)
    {
        for (var i = 0; i < _configuration.Devices.Count; i++)
        {
            if (_configuration.Devices[i] is var device && device.Driver.TypeName == deviceType && device.Number == number)
                return (device, i);
        }

        return null;
    }

    private SettingsForm ServerForm(OptionNode content, IReadOnlyCollection<OptionFault> faults) =>
        new("Server settings", Restart, _store.Revision, _forms.Items(s_shown, content, faults), General(faults));

    private SettingsForm DeviceForm(ConfiguredDevice device, OptionNode written, IReadOnlyCollection<OptionFault> faults) =>
        new(device.Name, WhenDisconnected, _store.Revision, Named(_forms.Items(FieldsOf(device.Driver), written, faults), device.Driver, device.Number), General(faults));

    private SettingsForm NewDeviceForm(Driver driver, OptionNode written, IReadOnlyCollection<OptionFault> faults) =>
        new(driver.Title, "Adds an entry to the configuration file and publishes the device at once.", _store.Revision, Named(_forms.Items([s_number, .. FieldsOf(driver)], written, faults), driver, 0), General(faults));

    /// <summary>The form says what the device is called without a name.</summary>
    private static SettingsItem[] Named(IReadOnlyList<SettingsItem> items, Driver driver, uint number) =>
        [.. items.Select(i => i is SettingsField { Path: "name" } name ? name with { Default = ConfiguredDevice.NameOf(driver, number) } : i)];

    /// <summary>The file with its list of devices. One that names none means the ten simulators: they are written down before the first of them is changed.</summary>
    private YamlText WithDevices()
    {
        var yaml = new YamlText(_store.Text);
        if (yaml.Content.Find(Devices) is null)
            yaml.Put(Devices, OptionNode.List(_configuration.Devices.Select(d => d.Written)));
        return yaml;
    }

    private void Save(YamlText yaml)
    {
        _configuration = _store.Save(yaml.Text);
        SettingsLog.Saved(_log, _store.Path);
    }

    /// <summary>One change at a time, and only one made on what the file says now.</summary>
    private async ValueTask<SettingsResult> GuardedAsync(SettingsInput input, Func<ValueTask<SettingsResult>> change, CancellationToken cancel)
    {
        await _saving.WaitAsync(cancel);
        try
        {
            return input.Revision == _store.Revision
                ? await change()
                : new SettingsResult(false, "Nothing was saved: the settings were changed since this page was loaded. This is how they are now; make your change again.");
        }
        catch (ConfigurationException e)
        {
            return new SettingsResult(false, e.Message);
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or NotSupportedException)
        {
            SettingsLog.NoEffect(_log, e.Message);
            return new SettingsResult(false, $"Saved, but it could not take effect: {e.Message}");
        }
        finally
        {
            _saving.Release();
        }
    }

    private async Task SettleAsync()
    {
        if (!_published.HasPending || Interlocked.Exchange(ref _isSettling, 1) != 0)
            return;
        try
        {
            await _published.SettleAsync(CancellationToken.None);
        }
        catch (Exception e)
        {
            SettingsLog.NoEffect(_log, e.Message);
        }

        Volatile.Write(ref _isSettling, 0);
    }
}
