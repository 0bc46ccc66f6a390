using Alpaca.Astronomy;
using Sequencer.Core.Pointing;

namespace Sequencer.Core.Tests.Pointing;

public sealed class OffsetErrorTests
{
    [Fact]
    public void Right_ascension_is_wrapped_and_kept_with_and_without_the_cosine()
    {
        var offset = OffsetError.Between(SkyPosition.FromDegrees(359.99, 60), SkyPosition.FromDegrees(0.01, 60));
        Assert.Equal(72, offset.DeltaRa, 6);
        Assert.Equal(36, offset.DeltaRaCosDec, 6);
        Assert.Equal(36, offset.Magnitude, 4);
        Assert.Equal(0, offset.DeltaDec, 6);
    }

    [Fact]
    public void The_sign_is_where_it_is_minus_where_it_should_be() =>
        Assert.Equal(-3.6, OffsetError.Between(SkyPosition.FromDegrees(10, 20), SkyPosition.FromDegrees(10, 19.999)).DeltaDec, 6);

    [Fact]
    public void The_threshold_is_on_the_sky_not_on_the_axis()
    {
        var high = OffsetError.Between(SkyPosition.FromDegrees(10, 80), SkyPosition.FromDegrees(10.1, 80));
        Assert.True(high.DeltaRa > 300);
        Assert.False(high.Exceeds(100));
        Assert.True(high.Exceeds(60));
    }
}
