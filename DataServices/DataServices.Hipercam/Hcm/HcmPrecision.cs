namespace DataServices.Hipercam;

/// <summary>How the pixels of a .hcm file are kept in memory.</summary>
public enum HcmPrecision
{
    /// <summary>As 32-bit floats, whatever the file holds.</summary>
    Single,

    /// <summary>As doubles where the file holds doubles, as floats otherwise.</summary>
    AsStored,
}
