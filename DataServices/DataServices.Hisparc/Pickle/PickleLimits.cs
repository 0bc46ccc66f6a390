namespace DataServices.Hisparc.Pickle;

/// <summary>What a pickle may ask of the reader. A batch of a real station stays far below all of them.</summary>
internal static class PickleLimits
{
    /// <summary>Bytes of a pickle.</summary>
    public const int Length = 16 * 1024 * 1024;

    /// <summary>Containers inside containers.</summary>
    public const int Nesting = 32;

    /// <summary>Elements of the memo.</summary>
    public const int Memo = 2_000_000;

    /// <summary>Bytes of one string.</summary>
    public const int StringLength = 8 * 1024 * 1024;

    /// <summary>Values waiting on the stack.</summary>
    public const int Stack = 250_000;

    /// <summary>Marks on the stack.</summary>
    public const int Marks = 64;

    /// <summary>Entries of one dictionary.</summary>
    public const int DictionaryEntries = 256;

    /// <summary>Digits, or bytes, of one integer; no column holds more than 64 bits.</summary>
    public const int IntegerLength = 512;

    /// <summary>Memory the values may take, as a multiple of the pickle's length.</summary>
    public const int Growth = 10;

    /// <summary>Memory any pickle may take, in bytes.</summary>
    public const int SmallestBudget = 256 * 1024;
}
