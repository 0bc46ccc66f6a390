using System.Runtime.Versioning;

// Sockets on many loopback addresses and file modes: these tests want a Unix.
[assembly: UnsupportedOSPlatform("windows")]
