namespace DataServices.Aartfaac;

/// <summary>Why a whole window was not taken, although the stream goes on after it.</summary>
public enum WindowRejection
{
    /// <summary>NAXIS1 and NAXIS2 do not say how large the image is.</summary>
    NoSize,

    /// <summary>The pixels do not fill the image.</summary>
    SizeMismatch,

    /// <summary>There is no DATE-OBS.</summary>
    NoStamp,

    /// <summary>DATE-OBS is not a date and time.</summary>
    BadStamp,
}
