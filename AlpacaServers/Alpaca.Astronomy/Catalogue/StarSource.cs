namespace Alpaca.Astronomy.Catalogue;

/// <summary>Stars by number, wherever they are kept.</summary>
internal abstract class StarSource
{
    public abstract int Count { get; }

    public abstract CatalogueStar this[int index] { get; }

    /// <summary>Stars in memory.</summary>
    public static StarSource Of(IEnumerable<CatalogueStar> stars) => new InMemory([.. stars]);

    private sealed class InMemory(CatalogueStar[] stars) : StarSource
    {
        public override int Count => stars.Length;

        public override CatalogueStar this[int index] => stars[index];
    }
}
