namespace DataServices.Fits;

public sealed partial class FitsFile
{
    private const int BinaryTable = 2;

    /// <summary>Appends a binary table of doubles (TFORM 1D), one array per column, all equally long.</summary>
    public void AppendTable(string extensionName, IReadOnlyList<(string Name, double[] Values)> columns)
    {
        ArgumentNullException.ThrowIfNull(columns);
        if (columns.Count == 0 || columns.Any(column => column.Values.Length != columns[0].Values.Length))
            throw new ArgumentException($"{Path}: a table needs at least one column, and all of them equally long.");
        FitsCardText.RequireAscii(extensionName, "the extension name");

        var status = 0;
        var rows = columns[0].Values.Length;
        var names = columns.Select(column => column.Name).ToArray();
        var formats = columns.Select(_ => "1D").ToArray();
        _ = Cfitsio.CreateTable(_handle, BinaryTable, rows, columns.Count, names, formats, 0, extensionName, ref status);
        for (var i = 0; i < columns.Count; i++)
            _ = Cfitsio.WriteColumn(_handle, i + 1, 1, 1, rows, columns[i].Values, ref status);
        Cfitsio.Check(status, Path, $"write the table {extensionName}");
    }

    /// <summary>Reads a numeric column of a table as doubles; undefined values are NaN.</summary>
    public double[] ReadColumn(int hdu, string name)
    {
        MoveTo(hdu);
        var status = 0;
        _ = Cfitsio.ColumnNumber(_handle, 0, name, out var column, ref status);
        _ = Cfitsio.RowCount(_handle, out var rows, ref status);
        Cfitsio.Check(status, Path, $"find the column {name} in HDU {hdu}");
        var values = new double[rows];
        if (rows > 0)
            _ = Cfitsio.ReadColumn(_handle, column, 1, 1, rows, double.NaN, values, out _, ref status);
        Cfitsio.Check(status, Path, $"read the column {name} of HDU {hdu}");
        return values;
    }
}
