using System.Buffers.Binary;
using System.IO.MemoryMappedFiles;

namespace Alpaca.Astronomy.Catalogue;

/// <summary>
/// The stars of an astrometry.net index file, read in place. Their unit vectors are 32-bit fractions of a range, 12 bytes per star (precise to
/// 0.0001"), in the byte order of the machine that made the file; their magnitudes are a FITS column, big-endian.
/// </summary>
internal sealed unsafe class AstrometryIndex : StarSource
{
    private const string Stars = "kdtree_data_stars";
    private const string Range = "kdtree_range_stars";
    private const string Magnitude = "MAG_VT";

    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;
    private readonly byte* _memory;
    private readonly FitsTables.Table _stars;
    private readonly FitsTables.Table _magnitudes;
    private readonly int _magnitudeAt;
    private readonly bool _bigEndian;
    private readonly double _minX;
    private readonly double _minY;
    private readonly double _minZ;
    private readonly double _step;

    public AstrometryIndex(string path)
    {
        using (var stream = File.OpenRead(path))
        {
            var (primary, tables) = FitsTables.Read(stream, path);
            FitsTables.Table Find(string column) => tables.FirstOrDefault(table => table.Columns.ContainsKey(column))
                ?? throw new InvalidDataException($"{path} has no table with a column {column}: it is not an astrometry.net index with Tycho-2 magnitudes.");
            _stars = Find(Stars);
            _magnitudes = Find(Magnitude);
            _magnitudeAt = _magnitudes.Columns[Magnitude];
            var range = Find(Range);
            if (_stars.RowLength != 12 || _magnitudes.Rows != _stars.Rows || range.RowLength * range.Rows < 56)
                throw new InvalidDataException($"{path}: the star tables are not of the known form (three 32-bit coordinates and one magnitude per star).");
            _bigEndian = primary.GetValueOrDefault("ENDIAN") switch
            {
                "04:03:02:01" => false,
                "01:02:03:04" => true,
                var other => throw new InvalidDataException($"{path}: byte order '{other}' is not known."),
            };
            var numbers = new byte[56];
            stream.Position = range.Offset;
            stream.ReadExactly(numbers);
            double At(int i) => _bigEndian ? BinaryPrimitives.ReadDoubleBigEndian(numbers.AsSpan(i * 8)) : BinaryPrimitives.ReadDoubleLittleEndian(numbers.AsSpan(i * 8));
            (_minX, _minY, _minZ, _step) = (At(0), At(1), At(2), 1 / At(6));
            if (!(_step > 0) || !double.IsFinite(_step)) throw new InvalidDataException($"{path}: the scale of the star coordinates is not a number above 0.");
        }
        _file = MemoryMappedFile.CreateFromFile(path, FileMode.Open, null, 0, MemoryMappedFileAccess.Read);
        _view = _file.CreateViewAccessor(0, 0, MemoryMappedFileAccess.Read);
        byte* memory = null;
        _view.SafeMemoryMappedViewHandle.AcquirePointer(ref memory);
        _memory = memory + _view.PointerOffset;
    }

    // Unmapped when the last catalogue on it is gone; nobody can read it then.
    ~AstrometryIndex()
    {
        if (_memory is not null) _view.SafeMemoryMappedViewHandle.ReleasePointer();
        _view?.Dispose();
        _file?.Dispose();
    }

    public override int Count => checked((int)_stars.Rows);

    public override CatalogueStar this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)_stars.Rows, nameof(index));
            var position = new ReadOnlySpan<byte>(_memory + _stars.Offset + (index * 12L), 12);
            var magnitude = new ReadOnlySpan<byte>(_memory + _magnitudes.Offset + ((long)index * _magnitudes.RowLength) + _magnitudeAt, 4);
            var visual = BinaryPrimitives.ReadSingleBigEndian(magnitude);
            var star = new CatalogueStar(
                UnitVector.Normalised(_minX + (Word(position) * _step), _minY + (Word(position[4..]) * _step), _minZ + (Word(position[8..]) * _step)),
                float.IsNaN(visual) ? float.PositiveInfinity : visual);
            GC.KeepAlive(this);
            return star;
        }
    }

    private uint Word(ReadOnlySpan<byte> bytes) => _bigEndian ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : BinaryPrimitives.ReadUInt32LittleEndian(bytes);
}
