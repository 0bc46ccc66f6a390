namespace Alpaca.Contract.Generator;

/// <summary>One file of generated code; equal texts are equal files, which is what keeps builds incremental.</summary>
internal sealed class GeneratedSource(string fileName, string text) : IEquatable<GeneratedSource>
{
    public string FileName { get; } = fileName;

    public string Text { get; } = text;

    public bool Equals(GeneratedSource? other) => other is not null && FileName == other.FileName && Text == other.Text;

    public override bool Equals(object? obj) => Equals(obj as GeneratedSource);

    public override int GetHashCode() => Text.GetHashCode();
}
