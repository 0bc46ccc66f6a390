namespace DataServices.Hisparc.Upload;

/// <summary>The three characters a station is answered with. Anything but 100 makes it keep the batch and try again.</summary>
public static class UploadCode
{
    /// <summary>Stored for ever; the station may forget the batch.</summary>
    public const string Accepted = "100";

    /// <summary>The data do not match their checksum.</summary>
    public const string WrongChecksum = "201";

    public const string WrongPassword = "203";

    public const string UnknownStation = "206";

    /// <summary>The data are not a list of events.</summary>
    public const string NotReadable = "208";

    /// <summary>A field is missing.</summary>
    public const string BadRequest = "400";
}
