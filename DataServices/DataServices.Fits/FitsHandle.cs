using System.Runtime.InteropServices;

namespace DataServices.Fits;

/// <summary>Owns one open <c>fitsfile*</c>; the last resort that closes it when nobody else did.</summary>
internal sealed class FitsHandle : SafeHandle
{
    public FitsHandle()
        : base(0, ownsHandle: true)
    {
    }

    public override bool IsInvalid => handle == 0;

    /// <summary>Closes the file and returns cfitsio's status, which tells whether the last buffers reached the disk.</summary>
    public int CloseWithStatus()
    {
        if (IsClosed || IsInvalid)
            return 0;

        var status = 0;
        _ = Cfitsio.Close(handle, ref status);
        SetHandleAsInvalid();
        return status;
    }

    protected override bool ReleaseHandle()
    {
        var status = 0;
        return Cfitsio.Close(handle, ref status) == 0;
    }
}
