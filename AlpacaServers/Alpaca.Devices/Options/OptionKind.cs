namespace Alpaca.Devices.Options;

/// <summary>What an option's value looks like.</summary>
public enum OptionKind
{
    /// <summary>True or false.</summary>
    Flag,

    /// <summary>A whole number.</summary>
    Integer,

    /// <summary>A number.</summary>
    Number,

    /// <summary>Text.</summary>
    Text,

    /// <summary>One of some words.</summary>
    Choice,

    /// <summary>A length of time.</summary>
    Duration,

    /// <summary>A list of texts.</summary>
    TextList,

    /// <summary>A group of options under one key.</summary>
    Group,

    /// <summary>A list of groups that have the same options.</summary>
    Table,
}
