using System.Buffers.Binary;

namespace Emulators.HipercamServer;

/// <summary>Writes synthetic ULTRACAM and ULTRASPEC runs, timing of the later layout, word by word as the instruments do.</summary>
public sealed class UltracamRunWriter
{
    private readonly Dictionary<string, string> _parameters = new() { ["X_BIN_FAC"] = "1", ["Y_BIN_FAC"] = "1" };

    /// <summary>A run of an application whose frames have so many words of pixels.</summary>
    public UltracamRunWriter(string application, int pixelWords, bool isUltraspec = false)
    {
        Application = application;
        PixelWords = pixelWords;
        IsUltraspec = isUltraspec;
        if (isUltraspec)
            Set("DWELL", "2000").Set("NUM_EXPS", "-1").Set("SPEED", "0").Set("EN_CLR", "0").Set("HV_GAIN", "0").Set("OUTPUT", "0");
        else
            Set("EXPOSE_TIME", "3000").Set("NO_EXPOSURES", "-1").Set("GAIN_SPEED", "3293").Set("V_FT_CLK", "9175040");
    }

    public string Application { get; }

    public int PixelWords { get; }

    public bool IsUltraspec { get; }

    /// <summary>user/revision; null: there is no such part, as in the oldest runs.</summary>
    public string? Revision { get; set; } = "130317";

    /// <summary>Words of timing at the start of a frame.</summary>
    public int HeaderWords { get; set; } = 16;

    /// <summary>framesize; null: what the words make.</summary>
    public int? ClaimedBytes { get; set; }

    /// <summary>Bytes of a frame.</summary>
    public int FrameBytes => 2 * (HeaderWords + PixelWords);

    /// <summary>A word of a frame in the order they are sent.</summary>
    public static ushort Word(int frame, int index) => (ushort)(index * 3 + frame * 101);

    public UltracamRunWriter Set(string parameter, string value)
    {
        _parameters[parameter] = value;
        return this;
    }

    /// <summary>Writes runNNN.xml and runNNN.dat; a partial last frame of so many bytes may follow.</summary>
    public void Write(string stem, int frames, int tail = 0)
    {
        File.WriteAllText(stem + ".xml", Xml());
        using var data = new FileStream(stem + ".dat", FileMode.Create, FileAccess.Write, FileShare.ReadWrite);
        for (var frame = 1; frame <= frames; frame++)
            data.Write(Frame(frame));
        data.Write(Frame(frames + 1).AsSpan(0, tail));
    }

    public string Xml() => $"""
        <filesave_status>
          <data_status framesize="{ClaimedBytes ?? FrameBytes}"><header_status headerwords="{HeaderWords}"/></data_status>
          <instrument_status>
            <name>{(IsUltraspec ? "Ultraspec" : "Ultracam")}</name>
            <application_status id="SDSU Exec" name="{Application}">
              {string.Join("\n      ", _parameters.Select(parameter => $"<parameter_status name=\"{parameter.Key}\" value=\"{parameter.Value}\"/>"))}
            </application_status>
          </instrument_status>
          {(Revision is null ? "" : $"<user><target>Synthetic</target><revision>{Revision}</revision></user>")}
        </filesave_status>
        """;

    /// <summary>The bytes of one frame; frames are half a second apart from 2016-08-20T23:59:57 on.</summary>
    public byte[] Frame(int number, ushort status = 4)
    {
        var frame = new byte[FrameBytes];
        BinaryPrimitives.WriteUInt32LittleEndian(frame.AsSpan(4), (uint)number);
        BinaryPrimitives.WriteUInt32LittleEndian(frame.AsSpan(8), uint.Parse(_parameters[IsUltraspec ? "DWELL" : "EXPOSE_TIME"]));
        BinaryPrimitives.WriteUInt32LittleEndian(frame.AsSpan(12), 1471737597 + (uint)(number - 1) / 2);
        BinaryPrimitives.WriteUInt32LittleEndian(frame.AsSpan(16), number % 2 == 0 ? 5_000_000u : 0);
        BinaryPrimitives.WriteUInt16LittleEndian(frame.AsSpan(24), status);
        for (var i = 0; i < PixelWords; i++)
            BinaryPrimitives.WriteUInt16LittleEndian(frame.AsSpan(2 * (HeaderWords + i)), Word(number, i));
        return frame;
    }
}
