using System.Text;

namespace DataServices.TelescopeOrg;

/// <summary>Writes the body of an answer to a file.</summary>
internal static class Transfer
{
    private const int Chunk = 64 * 1024;
    private const int MaxPage = 1 << 20;

    /// <returns>The number of bytes written.</returns>
    /// <exception cref="DownloadException">The body ended early, or is too large.</exception>
    /// <exception cref="NotLoggedInException">The body is the login page.</exception>
    public static async Task<long> SaveAsync(
        HttpResponseMessage response, string path, TelescopeOrgOptions options, long? size, CancellationTokenSource deadline, IProgress<TransferProgress>? progress)
    {
        var expected = response.Content.Headers.ContentLength;
        var total = size ?? expected;
        if (total > options.MaxFileBytes)
            throw new DownloadException($"it has {total} bytes and at most {options.MaxFileBytes} are taken");
        await using var body = await response.Content.ReadAsStreamAsync(deadline.Token);
        var buffer = new byte[Chunk];
        var received = 0L;
        await using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None);
        while (true)
        {
            int count;
            try
            {
                count = await body.ReadAsync(buffer, deadline.Token);
            }
            catch (Exception e) when (e is HttpIOException or HttpRequestException)
            {
                throw new DownloadException($"the connection ended after {received} bytes", e);
            }

            if (count == 0)
                break;
            // By what it is and not by its announced type: scripts send files as text/html, and pages as anything.
            if (received == 0 && IsMarkup(buffer.AsSpan(0, count)))
                await RefusePageAsync(buffer.AsMemory(0, count), body, response, deadline.Token);
            received += count;
            if (received > options.MaxFileBytes)
                throw new DownloadException($"it has more than the {options.MaxFileBytes} bytes that are taken");
            await file.WriteAsync(buffer.AsMemory(0, count), deadline.Token);
            // The deadline is one of silence: bytes prolong it.
            deadline.CancelAfter(options.RequestDeadline);
            progress?.Report(new("downloading", received, total));
        }

        return expected is null || expected == received ? received : throw new DownloadException($"{received} bytes of {expected} came");
    }

    // Neither a FITS file nor an archive begins so.
    private static bool IsMarkup(ReadOnlySpan<byte> beginning) =>
        (beginning.StartsWith(Encoding.UTF8.Preamble) ? beginning[Encoding.UTF8.Preamble.Length..] : beginning).TrimStart(" \t\r\n"u8).StartsWith("<"u8);

    private static async Task RefusePageAsync(ReadOnlyMemory<byte> beginning, Stream body, HttpResponseMessage response, CancellationToken cancel)
    {
        using var text = new MemoryStream();
        text.Write(beginning.Span);
        var buffer = new byte[8192];
        for (int count; text.Length < MaxPage && (count = await body.ReadAsync(buffer, cancel)) > 0;)
            text.Write(buffer, 0, count);
        var html = SiteText.Decode(text.ToArray(), response.Content.Headers.ContentType?.CharSet);
        var address = response.RequestMessage!.RequestUri!.PathAndQuery;
        throw LoginForm.IsOn(html) ? new NotLoggedInException(address) : new SiteFormatException(address, "a web page came in place of the file", html);
    }
}
