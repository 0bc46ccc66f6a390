using System.Text;

namespace Alpaca.Hosting.Tests.Hostile;

/// <summary>Valid requests to begin with, inputs that met something new, and what makes new inputs of old ones. The same seed makes the same choices as long as the server answers the same.</summary>
internal sealed class RequestCorpus(int seed)
{
    private static readonly string[] s_words =
    [
        "GET", "PUT", "POST", "HEAD", "/api/v1/", "focuser", "telescope", "camera", "0", "1", "-1", "4294967296", "99999999999999999999", "move", "position", "imagearray", "setup",
        "/setup/v1/focuser/0/setup", "/management/v1/configureddevices", "/metrics", "/health/ready", "/openapi/v1.json", "connected", "devicestate", "supportedactions", "action", "commandstring",
        "Connected=", "Position=", "Action=", "Parameters=", "Command=", "Raw=", "ClientID=", "ClientTransactionID=", "true", "True", "TRUE", "false", "NaN", "Infinity", "-0", "1e309", "0x10", "١٢", "１２", "1,5",
        "%00", "%ff", "%C0%AF", "%u0041", "%", "%zz", "+", "&", "&&", "=", "==", ";", "?", "#", "//", "/../", "%2F", "\\", "\0", "\r", "\n", "\r\n", "\r\n\r\n", ":", " ", "\t", "\u00ff\u00fe",
        "Host: localhost\r\n", "Host: evil.example.com\r\n", "Origin: http://evil.example.com\r\n", "Origin: null\r\n", "Sec-Fetch-Site: cross-site\r\n", "Content-Length: 0\r\n", "Content-Length: 5\r\n",
        "Content-Length: 70000\r\n", "Transfer-Encoding: chunked\r\n", "Expect: 100-continue\r\n", "Connection: close\r\n", "Accept: application/imagebytes\r\n", "Accept: */*;q=,,;\r\n",
        "Content-Type: application/x-www-form-urlencoded\r\n", "Content-Type: multipart/form-data\r\n", "Content-Type: \r\n", "Authorization: Basic !!!\r\n", "HTTP/1.0", "HTTP/1.1", "HTTP/2.0",
    ];

    private readonly Random _random = new(seed);
    private readonly HashSet<string> _shapes = new(StringComparer.Ordinal);
    private readonly List<byte[]> _inputs = [.. Valid().Select(Encoding.Latin1.GetBytes)];

    /// <summary>Shapes of reply that were met.</summary>
    public int Shapes => _shapes.Count;

    /// <summary>Inputs that are mutated further.</summary>
    public int Count => _inputs.Count;

    /// <summary>The next input.</summary>
    public byte[] Next()
    {
        var input = _inputs[_random.Next(_inputs.Count)];
        for (var i = 1 + _random.Next(4); i > 0; i--)
            input = Mutate(input);

        // Most changed forms are sent with the right length, so that they are read and not just waited for.
        input = _random.Next(4) == 0 ? input : Repaired(input);
        return input.Length > 0 ? input : "\r\n\r\n"u8.ToArray();
    }

    /// <summary>Keeps an input that met something new.</summary>
    public void Learn(byte[] input, string shape)
    {
        if (_shapes.Add(shape) && input.Length < 4096)
            _inputs.Add(input);
    }

    private static IEnumerable<string> Valid()
    {
        foreach (var path in (string[])
            ["/api/v1/focuser/0/position", "/api/v1/focuser/0/devicestate?ClientID=1&ClientTransactionID=2", "/api/v1/telescope/0/axisrates?Axis=0", "/api/v1/camera/0/cameraxsize", "/setup", "/health/ready", "/management/apiversions"])
        {
            yield return $"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n";
        }

        foreach (var (path, form) in ((string, string)[])
        [
            ("focuser/0/move", "Position=25000&ClientID=1&ClientTransactionID=2"), ("focuser/0/connected", "Connected=True"), ("focuser/0/tempcomp", "TempComp=False"),
            ("telescope/0/action", "Action=a&Parameters="), ("telescope/0/commandbool", "Command=x&Raw=true"), ("telescope/0/utcdate", "UTCDate=2026-11-21T00:00:00Z"),
            ("telescope/0/slewtocoordinatesasync", "RightAscension=5.5&Declination=-20.25"), ("camera/0/binx", "BinX=1"), ("camera/0/startexposure", "Duration=0.1&Light=true"),
        ])
        {
            yield return $"PUT /api/v1/{path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: {form.Length}\r\n\r\n{form}";
        }

        yield return "PUT /api/v1/focuser/0/move HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\nTransfer-Encoding: chunked\r\n\r\nE\r\nPosition=25000\r\n0\r\n\r\n";
    }

    private byte[] Mutate(byte[] input)
    {
        if (input.Length == 0)
            return Word();
        var at = _random.Next(input.Length);
        var length = Math.Min(input.Length - at, 1 + _random.Next(_random.Next(8) == 0 ? 64 : 8));
        switch (_random.Next(10))
        {
            case 0:
                var flipped = (byte[])input.Clone();
                flipped[at] ^= (byte)(1 << _random.Next(8));
                return flipped;
            case 1:
                var replaced = (byte[])input.Clone();
                replaced[at] = (byte)_random.Next(256);
                return replaced;
            case 2:
                return [.. input[..at], .. input[(at + length)..]];
            case 3:
                return [.. input[..(at + length)], .. input[at..]];
            case 4 or 5:
                return [.. input[..at], .. Word(), .. input[at..]];
            case 6:
                return [.. input[..at], .. Word(), .. input[(at + length)..]];
            case 7:
                var other = _inputs[_random.Next(_inputs.Count)];
                return [.. input[..at], .. other[_random.Next(other.Length)..]];
            default:
                return WithOtherValue(input);
        }
    }

    /// <summary>Gives one of the parameters another value.</summary>
    private byte[] WithOtherValue(byte[] input)
    {
        var signs = Enumerable.Range(0, input.Length).Where(i => input[i] == '=').ToArray();
        if (signs.Length == 0)
            return input;
        var from = signs[_random.Next(signs.Length)] + 1;
        var length = input.AsSpan(from).IndexOfAny("& \r"u8);
        return [.. input[..from], .. Word(), .. length < 0 ? [] : input[(from + length)..]];
    }

    /// <summary>Gives the form's length in the header again.</summary>
    private static byte[] Repaired(byte[] input)
    {
        var text = Encoding.Latin1.GetString(input);
        var head = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        var field = text.IndexOf("Content-Length: ", StringComparison.Ordinal);
        if (head < 0 || field < 0 || field > head)
            return input;
        var end = text.IndexOf("\r\n", field, StringComparison.Ordinal);
        return Encoding.Latin1.GetBytes($"{text[..field]}Content-Length: {text.Length - head - 4}{text[end..]}");
    }

    private byte[] Word() => Encoding.UTF8.GetBytes(s_words[_random.Next(s_words.Length)]);
}
