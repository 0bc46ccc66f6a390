using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace DataServices.Hisparc.Log;

/// <summary>The MD5 that stations send along. It tells batches apart and damage on the way; it protects against nobody.</summary>
internal static class BatchIdentity
{
    public const int Length = 16;

    [SuppressMessage("Security", "CA5351", Justification = "The protocol of the stations.")]
    public static byte[] Of(ReadOnlySpan<byte> data) => MD5.HashData(data);
}
