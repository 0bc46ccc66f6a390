using System.Runtime.InteropServices;

namespace Alpaca.Astronomy.Erfa;

/// <summary>The functions of ERFA that this project uses. Angles in radians, dates as two-part Julian dates. See erfa.h and the SOFA cookbooks.</summary>
internal static unsafe partial class EraFunctions
{
    static EraFunctions() => NativeLibrary.SetDllImportResolver(typeof(EraFunctions).Assembly, ErfaLibrary.Resolve);

    [LibraryImport(ErfaLibrary.Name, EntryPoint = "eraDtf2d", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Dtf2d(string scale, int year, int month, int day, int hour, int minute, double second, out double d1, out double d2);

    [LibraryImport(ErfaLibrary.Name, EntryPoint = "eraUtctai")]
    public static partial int Utctai(double utc1, double utc2, out double tai1, out double tai2);

    [LibraryImport(ErfaLibrary.Name, EntryPoint = "eraTaitt")]
    public static partial int Taitt(double tai1, double tai2, out double tt1, out double tt2);

    [LibraryImport(ErfaLibrary.Name, EntryPoint = "eraUtcut1")]
    public static partial int Utcut1(double utc1, double utc2, double dut1, out double ut11, out double ut12);

    [LibraryImport(ErfaLibrary.Name, EntryPoint = "eraApco13")]
    public static partial int Apco13(
        double utc1, double utc2, double dut1, double elong, double phi, double height, double xp, double yp,
        double pressure, double celsius, double humidity, double wavelength, Astrom* astrom, out double eo);

    [LibraryImport(ErfaLibrary.Name, EntryPoint = "eraAper13")]
    [SuppressGCTransition]
    public static partial void Aper13(double ut11, double ut12, Astrom* astrom);

    [LibraryImport(ErfaLibrary.Name, EntryPoint = "eraAtciqz")]
    [SuppressGCTransition]
    public static partial void Atciqz(double rc, double dc, Astrom* astrom, double* ri, double* di);

    [LibraryImport(ErfaLibrary.Name, EntryPoint = "eraAticq")]
    public static partial void Aticq(double ri, double di, Astrom* astrom, double* rc, double* dc);

    [LibraryImport(ErfaLibrary.Name, EntryPoint = "eraAtioq")]
    [SuppressGCTransition]
    public static partial void Atioq(double ri, double di, Astrom* astrom, double* aob, double* zob, double* hob, double* dob, double* rob);

    [LibraryImport(ErfaLibrary.Name, EntryPoint = "eraAtoiq", StringMarshalling = StringMarshalling.Utf8)]
    public static partial void Atoiq(string type, double ob1, double ob2, Astrom* astrom, double* ri, double* di);

    [LibraryImport(ErfaLibrary.Name, EntryPoint = "eraEra00")]
    public static partial double Era00(double ut11, double ut12);

    [LibraryImport(ErfaLibrary.Name, EntryPoint = "eraGmst06")]
    public static partial double Gmst06(double ut11, double ut12, double tt1, double tt2);

    [LibraryImport(ErfaLibrary.Name, EntryPoint = "eraGst06a")]
    public static partial double Gst06a(double ut11, double ut12, double tt1, double tt2);

    [LibraryImport(ErfaLibrary.Name, EntryPoint = "eraPvtob")]
    public static partial void Pvtob(double elong, double phi, double height, double xp, double yp, double sp, double theta, double* pv);

    [LibraryImport(ErfaLibrary.Name, EntryPoint = "eraEpv00")]
    public static partial int Epv00(double tdb1, double tdb2, double* pvh, double* pvb);

    [LibraryImport(ErfaLibrary.Name, EntryPoint = "eraMoon98")]
    public static partial void Moon98(double tt1, double tt2, double* pv);

    [LibraryImport(ErfaLibrary.Name, EntryPoint = "eraPmat06")]
    public static partial void Pmat06(double tt1, double tt2, double* matrix);

    [LibraryImport(ErfaLibrary.Name, EntryPoint = "eraFk45z")]
    public static partial void Fk45z(double r1950, double d1950, double epoch, out double r2000, out double d2000);

    [LibraryImport(ErfaLibrary.Name, EntryPoint = "eraFk54z")]
    public static partial void Fk54z(double r2000, double d2000, double epoch, out double r1950, out double d1950, out double dr1950, out double dd1950);
}
