namespace Alpaca.Drivers.IOptron;

/// <summary>The two languages that iOptron mounts speak over one and the same cable.</summary>
internal enum Dialect
{
    /// <summary>RS-232 command language 2.x: iEQ30Pro, iEQ45Pro, CEM25, CEM60, and CEM40 and GEM45 before 2021.</summary>
    Version2,

    /// <summary>RS-232 command language 3.x: CEM40, GEM45, CEM26, GEM28, CEM70, CEM120 and later.</summary>
    Version3,
}
