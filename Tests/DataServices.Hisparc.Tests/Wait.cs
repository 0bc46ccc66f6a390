namespace DataServices.Hisparc.Tests;

/// <summary>Waiting for what other threads and processes do.</summary>
internal static class Wait
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan _look = TimeSpan.FromMilliseconds(50);

    public static Task Until(Func<bool> condition) => Until(() => Task.FromResult(condition()));

    public static async Task Until(Func<Task<bool>> condition)
    {
        var begun = TimeProvider.System.GetTimestamp();
        while (!await condition())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(begun) < _patience, $"it did not come true within {_patience.TotalSeconds} s");
            await Task.Delay(_look, TimeProvider.System);
        }
    }
}
