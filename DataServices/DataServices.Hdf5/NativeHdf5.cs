using System.Runtime.InteropServices;

namespace DataServices.Hdf5;

/// <summary>The functions of libhdf5 1.10 this layer uses. A negative result is a failure; identifiers are 64-bit.</summary>
internal static unsafe partial class NativeHdf5
{
    public const string Library = "libhdf5_serial.so.103";

    public const uint ReadOnly = 0;
    public const uint ReadWrite = 1;
    public const uint CreateNew = 4;
    public const long Default = 0;
    public const ulong Unlimited = ulong.MaxValue;

    [StructLayout(LayoutKind.Sequential)]
    public struct VariableLength
    {
        public nuint Length;
        public void* Data;
    }

    [LibraryImport(Library, EntryPoint = "H5open")]
    public static partial int Open();

    [LibraryImport(Library, EntryPoint = "H5dont_atexit")]
    public static partial int DoNotCloseAtExit();

    [LibraryImport(Library, EntryPoint = "H5free_memory")]
    public static partial int FreeMemory(void* memory);

    [LibraryImport(Library, EntryPoint = "H5Eset_auto2")]
    public static partial int SetErrorPrinter(long stack, nint function, nint data);

    [LibraryImport(Library, EntryPoint = "H5Ewalk2")]
    public static partial int WalkErrors(long stack, int direction, delegate* unmanaged[Cdecl]<uint, ErrorEntry*, void*, int> visit, void* data);

    [LibraryImport(Library, EntryPoint = "H5Eclear2")]
    public static partial int ClearErrors(long stack);

    [LibraryImport(Library, EntryPoint = "H5Fcreate", StringMarshalling = StringMarshalling.Utf8)]
    public static partial long FileCreate(string name, uint flags, long creation, long access);

    [LibraryImport(Library, EntryPoint = "H5Fopen", StringMarshalling = StringMarshalling.Utf8)]
    public static partial long FileOpen(string name, uint flags, long access);

    [LibraryImport(Library, EntryPoint = "H5Fflush")]
    public static partial int FileFlush(long file, int scope);

    [LibraryImport(Library, EntryPoint = "H5Fclose")]
    public static partial int FileClose(long file);

    [LibraryImport(Library, EntryPoint = "H5Gcreate2", StringMarshalling = StringMarshalling.Utf8)]
    public static partial long GroupCreate(long location, string name, long link, long creation, long access);

    [LibraryImport(Library, EntryPoint = "H5Lexists", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int LinkExists(long location, string name, long access);

    [LibraryImport(Library, EntryPoint = "H5Ldelete", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int LinkDelete(long location, string name, long access);

    [LibraryImport(Library, EntryPoint = "H5Literate")]
    public static partial int LinkIterate(long group, int index, int order, ulong* position, delegate* unmanaged[Cdecl]<long, byte*, void*, void*, int> visit, void* data);

    [LibraryImport(Library, EntryPoint = "H5Oopen", StringMarshalling = StringMarshalling.Utf8)]
    public static partial long ObjectOpen(long location, string name, long access);

    [LibraryImport(Library, EntryPoint = "H5Oclose")]
    public static partial int ObjectClose(long item);

    [LibraryImport(Library, EntryPoint = "H5Ocopy", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int ObjectCopy(long source, string sourceName, long target, string targetName, long copy, long link);

    [LibraryImport(Library, EntryPoint = "H5Iget_type")]
    public static partial int IdentifierType(long item);

    [LibraryImport(Library, EntryPoint = "H5Acreate2", StringMarshalling = StringMarshalling.Utf8)]
    public static partial long AttributeCreate(long location, string name, long type, long space, long creation, long access);

    [LibraryImport(Library, EntryPoint = "H5Aexists", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int AttributeExists(long location, string name);

    [LibraryImport(Library, EntryPoint = "H5Aopen", StringMarshalling = StringMarshalling.Utf8)]
    public static partial long AttributeOpen(long location, string name, long access);

    [LibraryImport(Library, EntryPoint = "H5Awrite")]
    public static partial int AttributeWrite(long attribute, long type, void* value);

    [LibraryImport(Library, EntryPoint = "H5Aread")]
    public static partial int AttributeRead(long attribute, long type, void* value);

    [LibraryImport(Library, EntryPoint = "H5Aget_type")]
    public static partial long AttributeType(long attribute);

    [LibraryImport(Library, EntryPoint = "H5Aclose")]
    public static partial int AttributeClose(long attribute);

    [LibraryImport(Library, EntryPoint = "H5Dcreate2", StringMarshalling = StringMarshalling.Utf8)]
    public static partial long DatasetCreate(long location, string name, long type, long space, long link, long creation, long access);

    [LibraryImport(Library, EntryPoint = "H5Dopen2", StringMarshalling = StringMarshalling.Utf8)]
    public static partial long DatasetOpen(long location, string name, long access);

    [LibraryImport(Library, EntryPoint = "H5Dset_extent")]
    public static partial int DatasetSetExtent(long dataset, ulong* size);

    [LibraryImport(Library, EntryPoint = "H5Dget_space")]
    public static partial long DatasetSpace(long dataset);

    [LibraryImport(Library, EntryPoint = "H5Dget_type")]
    public static partial long DatasetType(long dataset);

    [LibraryImport(Library, EntryPoint = "H5Dwrite")]
    public static partial int DatasetWrite(long dataset, long memoryType, long memorySpace, long fileSpace, long transfer, void* buffer);

    [LibraryImport(Library, EntryPoint = "H5Dread")]
    public static partial int DatasetRead(long dataset, long memoryType, long memorySpace, long fileSpace, long transfer, void* buffer);

    [LibraryImport(Library, EntryPoint = "H5Dvlen_reclaim")]
    public static partial int Reclaim(long type, long space, long transfer, void* buffer);

    [LibraryImport(Library, EntryPoint = "H5Dclose")]
    public static partial int DatasetClose(long dataset);

    [LibraryImport(Library, EntryPoint = "H5Screate")]
    public static partial long SpaceCreate(int kind);

    [LibraryImport(Library, EntryPoint = "H5Screate_simple")]
    public static partial long SpaceCreateSimple(int rank, ulong* size, ulong* maximum);

    [LibraryImport(Library, EntryPoint = "H5Sselect_hyperslab")]
    public static partial int SpaceSelect(long space, int operation, ulong* start, ulong* stride, ulong* count, ulong* block);

    [LibraryImport(Library, EntryPoint = "H5Sget_simple_extent_npoints")]
    public static partial long SpacePoints(long space);

    [LibraryImport(Library, EntryPoint = "H5Sget_simple_extent_ndims")]
    public static partial int SpaceRank(long space);

    [LibraryImport(Library, EntryPoint = "H5Sclose")]
    public static partial int SpaceClose(long space);

    [LibraryImport(Library, EntryPoint = "H5Tcreate")]
    public static partial long TypeCreate(int kind, nuint size);

    [LibraryImport(Library, EntryPoint = "H5Tcopy")]
    public static partial long TypeCopy(long type);

    [LibraryImport(Library, EntryPoint = "H5Tinsert", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int TypeInsert(long type, string name, nuint offset, long member);

    [LibraryImport(Library, EntryPoint = "H5Tarray_create2")]
    public static partial long TypeArray(long element, uint rank, ulong* size);

    [LibraryImport(Library, EntryPoint = "H5Tvlen_create")]
    public static partial long TypeVariableLength(long element);

    [LibraryImport(Library, EntryPoint = "H5Tset_size")]
    public static partial int TypeSetSize(long type, nuint size);

    [LibraryImport(Library, EntryPoint = "H5Tset_cset")]
    public static partial int TypeSetCharacters(long type, int set);

    [LibraryImport(Library, EntryPoint = "H5Tset_strpad")]
    public static partial int TypeSetPadding(long type, int padding);

    [LibraryImport(Library, EntryPoint = "H5Tget_class")]
    public static partial int TypeClass(long type);

    [LibraryImport(Library, EntryPoint = "H5Tget_size")]
    public static partial nuint TypeSize(long type);

    [LibraryImport(Library, EntryPoint = "H5Tget_order")]
    public static partial int TypeOrder(long type);

    [LibraryImport(Library, EntryPoint = "H5Tget_sign")]
    public static partial int TypeSign(long type);

    [LibraryImport(Library, EntryPoint = "H5Tget_super")]
    public static partial long TypeBase(long type);

    [LibraryImport(Library, EntryPoint = "H5Tget_nmembers")]
    public static partial int TypeMemberCount(long type);

    [LibraryImport(Library, EntryPoint = "H5Tget_member_name")]
    public static partial byte* TypeMemberName(long type, uint member);

    [LibraryImport(Library, EntryPoint = "H5Tget_member_offset")]
    public static partial nuint TypeMemberOffset(long type, uint member);

    [LibraryImport(Library, EntryPoint = "H5Tget_member_type")]
    public static partial long TypeMemberType(long type, uint member);

    [LibraryImport(Library, EntryPoint = "H5Tclose")]
    public static partial int TypeClose(long type);

    [LibraryImport(Library, EntryPoint = "H5Pcreate")]
    public static partial long PropertiesCreate(long kind);

    [LibraryImport(Library, EntryPoint = "H5Pset_chunk")]
    public static partial int SetChunk(long properties, int rank, ulong* size);

    [LibraryImport(Library, EntryPoint = "H5Pset_fill_value")]
    public static partial int SetFillValue(long properties, long type, void* value);

    [LibraryImport(Library, EntryPoint = "H5Pset_fill_time")]
    public static partial int SetFillTime(long properties, int time);

    [LibraryImport(Library, EntryPoint = "H5Pset_chunk_cache")]
    public static partial int SetChunkCache(long access, nuint slots, nuint bytes, double preemption);

    [LibraryImport(Library, EntryPoint = "H5Pclose")]
    public static partial int PropertiesClose(long properties);

    [StructLayout(LayoutKind.Sequential)]
    public struct ErrorEntry
    {
        public long Class;
        public long Major;
        public long Minor;
        public uint Line;
        public byte* Function;
        public byte* File;
        public byte* Description;
    }
}
