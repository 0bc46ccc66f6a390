namespace Alpaca.Devices.Tests;

public sealed class ClientLeaseReleaseTests
{
    [Fact]
    public void A_promise_made_after_the_look_at_it_outlives_the_release()
    {
        var lease = new ClientLease(TimeProvider.System, TimeSpan.FromHours(1));
        lease.Take(7);
        var seen = lease.Promise;
        lease.Take(7);
        lease.Release(seen);
        Assert.Equal(7u, lease.Holder);
        lease.Release(lease.Promise);
        Assert.Null(lease.Holder);
    }
}
