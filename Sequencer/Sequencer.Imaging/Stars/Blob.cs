namespace Sequencer.Imaging;

/// <summary>A connected group of pixels above the threshold, while it is being collected row by row.</summary>
internal struct Blob
{
    public int Pixels;
    public double Excess;
    public double ExcessX;
    public double ExcessY;
    public int PeakX;
    public int PeakY;
    public float Peak;

    public void Merge(in Blob other)
    {
        Pixels += other.Pixels;
        Excess += other.Excess;
        ExcessX += other.ExcessX;
        ExcessY += other.ExcessY;
        if (other.Peak > Peak)
            (Peak, PeakX, PeakY) = (other.Peak, other.PeakX, other.PeakY);
    }

    public void Add(int x, int y, float excess)
    {
        Pixels++;
        Excess += excess;
        ExcessX += excess * (double)x;
        ExcessY += excess * (double)y;
        if (excess > Peak)
            (Peak, PeakX, PeakY) = (excess, x, y);
    }
}
