namespace Sequencer.Safety;

/// <summary>The five questions that must all be answered with yes before anything opens, moves or exposes.</summary>
public enum SafetyCheck
{
    /// <summary>The mains are on (<c>ac_power</c>).</summary>
    AcPower,

    /// <summary>The Sun is below the horizon that the next step asks for (<c>is_dark</c>).</summary>
    IsDark,

    /// <summary>Every weather source says safe, freshly, and has said so for the safety delay (<c>good_weather</c>).</summary>
    GoodWeather,

    /// <summary>There is room on the system disk (<c>free_space_root</c>).</summary>
    FreeSpaceRoot,

    /// <summary>There is room on the disk the images go to (<c>free_space_images</c>).</summary>
    FreeSpaceImages,
}
