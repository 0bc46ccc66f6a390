namespace Benchmarks.Measuring;

/// <summary>Times pieces of work by turns, so that all of them see the same machine: what counts is the ratio within a round, not the seconds.</summary>
internal static class Contest
{
    /// <param name="rounds">How often each has its turn; one more, before, does not count.</param>
    /// <param name="contestants">Each does its work once and returns the seconds it took.</param>
    /// <returns>Per contestant the seconds of every round.</returns>
    public static async Task<double[][]> RunAsync(int rounds, params Func<Task<double>>[] contestants)
    {
        var seconds = Array.ConvertAll(contestants, _ => new double[rounds]);
        for (var round = -1; round < rounds; round++)
        {
            for (var i = 0; i < contestants.Length; i++)
            {
                // Nobody pays for the rubbish of the one before.
                GC.Collect();
                var taken = await contestants[i]();
                if (round >= 0)
                    seconds[i][round] = taken;
            }
        }

        return seconds;
    }

    /// <summary>The seconds that work takes on this thread.</summary>
    public static double Time(Action work)
    {
        var begun = TimeProvider.System.GetTimestamp();
        work();
        return TimeProvider.System.GetElapsedTime(begun).TotalSeconds;
    }
}
