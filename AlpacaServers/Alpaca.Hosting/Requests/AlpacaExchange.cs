using System.Globalization;
using System.Runtime.CompilerServices;
using Alpaca.Contract;
using Alpaca.Contract.Description;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Alpaca.Hosting;

/// <summary>
/// One request and its reply. This half reads the parameters; the other half writes the replies. Generated handlers call both by name.
/// The object belongs to a connection and serves its requests one after the other.
/// </summary>
internal sealed partial class AlpacaExchange(AlpacaHostOptions options, ServerMeter meter, CancellationToken stopping)
{
    private readonly DefaultHttpContext _http = new();
    private RequestParameters _parameters;
    private WireType? _returns;
    private int _member;
    private int _error;
    private long _began;

    public HttpContext Http => _http;

    /// <summary>The device asked, once it is found.</summary>
    public RegisteredDevice? Device { get; private set; }

    /// <summary>The client's number of itself, 0 if it sent none.</summary>
    public uint ClientID { get; private set; }

    /// <summary>The client's number of this transaction, 0 if it sent none.</summary>
    public uint ClientTransactionID { get; private set; }

    /// <summary>The server's number of this transaction, from 1.</summary>
    public uint ServerTransactionID { get; private set; }

    /// <summary>
    /// Ends when the server stops. It does not end when the client goes away: a command that has been accepted is carried out,
    /// whatever becomes of the connection it came by.
    /// </summary>
    public CancellationToken Cancel => stopping;

    /// <summary>When an image must have left.</summary>
    public CancellationToken ImageDeadline { get; set; }

    /// <summary>True once the client has closed the connection: the rest of a long reply is for nobody.</summary>
    public bool IsClientGone => _http.RequestAborted.IsCancellationRequested;

    /// <summary>Takes up the connection's next request.</summary>
    public void Begin(IFeatureCollection features, uint serverTransactionID)
    {
        _http.Initialize(features);
        (ServerTransactionID, ClientID, ClientTransactionID, Device, _returns, _parameters) = (serverTransactionID, 0, 0, null, null, default);
        (_member, _error, Page, _began) = (0, 0, PageKind.None, TimeProvider.System.GetTimestamp());
    }

    /// <summary>What the request is for, if not for a device.</summary>
    public PageKind Page { get; set; }

    /// <summary>The last Host header of this connection that was found to be this server's.</summary>
    public string? KnownHost { get; set; }

    /// <summary>The place of the credential that this connection has shown; -1 before it has.</summary>
    public int Credential { get; set; } = -1;

    /// <summary>Counts the request and lets go of it.</summary>
    public void End()
    {
        Count(_http.Response.StatusCode);
        _http.Uninitialize();
    }

    /// <summary>The request is for this member of this device.</summary>
    public void Address(RegisteredDevice device, MemberHandlers member) => (Device, _returns, _member) = (device, member.Returns, member.Number);

    /// <summary>Takes the parameters from the query string.</summary>
    public void ReadQuery() => Read(_http.Request.QueryString.Value, StringComparison.OrdinalIgnoreCase);

    /// <summary>Takes the parameters from the form.</summary>
    public void ReadForm(string form) => Read(form, StringComparison.Ordinal);

    public bool Boolean(string name)
    {
        var value = Required(name);
        return value.Equals("true", StringComparison.OrdinalIgnoreCase)
            || (!value.Equals("false", StringComparison.OrdinalIgnoreCase) ? throw Unreadable(name, value, "true or false") : false);
    }

    public int Integer(string name)
    {
        var value = Required(name);
        if (int.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
            return number;
        throw Int128.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _)
            ? AlpacaException.InvalidValue($"{name} = {value} is out of range; it must fit 32 bits.")
            : Unreadable(name, value, "an integer such as 12000");
    }

    public double Number(string name)
    {
        const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        var value = Required(name);
        if (!double.TryParse(value, Style, CultureInfo.InvariantCulture, out var number) || !value.ContainsAnyInRange('0', '9'))
            throw Unreadable(name, value, "a number such as 12.5");
        return double.IsFinite(number) ? number : throw AlpacaException.InvalidValue($"{name} = {value} is larger than a number can be.");
    }

    public string String(string name) => Required(name).ToString();

    public DateTimeOffset DateTime(string name)
    {
        var value = Required(name);
        return DateTimeOffset.TryParseExact(
            value,
            "yyyy-MM-ddTHH:mm:ss.FFFFFFFK",
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out var time)
            ? time
            : throw Unreadable(name, value, "a UTC time in ISO 8601 form such as 2026-01-31T23:59:59.123Z");
    }

    public T Enumeration<T>(string name)
        where T : struct, Enum
    {
        var number = Integer(name);
        var value = Unsafe.BitCast<int, T>(number);
        return Enum.IsDefined(value)
            ? value
            : throw AlpacaException.InvalidValue($"{name} = {number} is not one of {string.Join(", ", Enum.GetValues<T>().Select(v => $"{v:D} ({v})"))}.");
    }

    private static RequestRefusedException Unreadable(string name, ReadOnlySpan<char> value, string expected)
    {
        const int Shown = 60;
        var shown = value.Length <= Shown ? value.ToString() : string.Concat(value[..Shown], "...");
        return new RequestRefusedException(StatusCodes.Status400BadRequest, $"Parameter {name} is \"{shown}\"; it must be {expected}.");
    }

    private void Count(int status)
    {
        if (Device is not { Meter: var counts })
        {
            meter.RecordPage(Page, status);
            return;
        }

        var isPut = HttpMethods.IsPut(_http.Request.Method);
        counts.Record(_member, isPut, status, _error);
        (isPut ? counts.Writes : _returns is WireType.ImageArray ? counts.Images : counts.Reads).Record(TimeProvider.System.GetTimestamp() - _began);
    }

    private void Read(string? text, StringComparison comparison)
    {
        _parameters = new RequestParameters(text.AsMemory(), comparison);
        ClientTransactionID = Identifier("ClientTransactionID");
        ClientID = Identifier("ClientID");
    }

    private uint Identifier(string name)
    {
        if (!_parameters.TryFind(name, out var value))
            return 0;
        return uint.TryParse(value.Span, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw Unreadable(name, value.Span, "an integer from 0 to 4294967295, or left out");
    }

    private ReadOnlySpan<char> Required(string name)
    {
        if (_parameters.TryFind(name, out var value))
            return value.Span;
        var isPut = HttpMethods.IsPut(_http.Request.Method);
        throw new RequestRefusedException(
            StatusCodes.Status400BadRequest,
            _parameters.FindMisspelt(name) is { } misspelt ? $"Parameter {name} is missing: \"{misspelt}\" differs from it in case, which matters in a form."
            : isPut ? $"Parameter {name} is missing. A PUT carries its parameters as a form in the body."
            : $"Parameter {name} is missing. A GET carries its parameters in the query string.");
    }
}
