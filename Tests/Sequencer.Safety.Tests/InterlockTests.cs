namespace Sequencer.Safety.Tests;

public class InterlockTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 21, 8, 0, 0, TimeSpan.Zero);

    [Fact]
    public void The_rule_holds_in_every_combination()
    {
        var seen = 0;
        var cases =
            from policy in Enum.GetValues<ClosePolicy>()
            from needsPark in new[] { false, true }
            from shutter in Enum.GetValues<ShutterState>()
            from mount in Enum.GetValues<MountPosture>()
            from verdict in Verdicts(shutter)
            select (policy, needsPark, shutter, mount, verdict.Verdict, verdict.Weather);
        foreach (var (policy, needsPark, shutter, mount, verdict, weather) in cases)
        {
            var interlock = new Interlock(policy, needsPark);
            bool May(ObservatoryAction action)
            {
                var permission = interlock.May(action, verdict, shutter, mount);
                Assert.Equal(permission.Allowed, permission.Reason is null);
                return permission.Allowed;
            }
            var clears = !needsPark || mount is MountPosture.Parked or MountPosture.Clear;
            var open = shutter is ShutterState.Open or ShutterState.None;
            Assert.True(May(ObservatoryAction.Stop));
            Assert.True(May(ObservatoryAction.Park));
            Assert.Equal(clears || (policy == ClosePolicy.RainWins && !weather), May(ObservatoryAction.CloseShutter));
            Assert.Equal(verdict.Safe && verdict.WeatherReleased && verdict.AcPower && clears, May(ObservatoryAction.OpenShutter));
            Assert.Equal(verdict.Safe && (!needsPark || open), May(ObservatoryAction.Unpark));
            Assert.Equal(verdict.Safe && (!needsPark || open), May(ObservatoryAction.MoveTelescope));
            Assert.Equal(verdict.Safe && open, May(ObservatoryAction.Expose));
            seen++;
        }
        Assert.Equal(2 * 2 * 7 * 4 * 128, seen);
    }

    [Fact]
    public void An_ignored_check_does_not_open_the_dome_in_bad_weather_or_without_mains()
    {
        var all = SafetyCheckNames.All.ToHashSet();
        var interlock = new Interlock(ClosePolicy.RainWins, false);
        Assert.False(interlock.May(ObservatoryAction.OpenShutter, Verdict(true, false, true, true, all, false, ShutterState.Closed), ShutterState.Closed, MountPosture.Parked).Allowed);
        Assert.False(interlock.May(ObservatoryAction.OpenShutter, Verdict(false, true, true, true, all, false, ShutterState.Closed), ShutterState.Closed, MountPosture.Parked).Allowed);
        Assert.True(interlock.May(ObservatoryAction.OpenShutter, Verdict(true, true, true, false, all, false, ShutterState.Closed), ShutterState.Closed, MountPosture.Parked).Allowed);
    }

    [Fact]
    public void A_closed_dome_that_counts_as_good_weather_stays_closed()
    {
        var verdict = Verdict(true, false, true, true, new HashSet<SafetyCheck>(), true, ShutterState.Closed);
        Assert.True(verdict.Safe);
        Assert.False(new Interlock(ClosePolicy.RainWins, false).May(ObservatoryAction.OpenShutter, verdict, ShutterState.Closed, MountPosture.Parked).Allowed);
    }

    /// <summary>Power, weather, hold, dark, ignore none or all, closed dome counts or not, connected or not.</summary>
    private static IEnumerable<(SafetyVerdict Verdict, bool Weather)> Verdicts(ShutterState shutter)
    {
        var ignores = new[] { new HashSet<SafetyCheck>(), SafetyCheckNames.All.ToHashSet() };
        for (var bits = 0; bits < 128; bits++)
        {
            bool Bit(int n) => (bits >> n & 1) != 0;
            yield return (Verdict(Bit(0), Bit(1), Bit(2), Bit(3), ignores[bits >> 4 & 1], Bit(5), shutter, Bit(6)), Bit(1));
        }
    }

    private static SafetyVerdict Verdict(bool power, bool weather, bool released, bool dark, IReadOnlySet<SafetyCheck> ignore, bool closedIsSafe, ShutterState shutter, bool connected = true) =>
        SafetyEvaluation.Evaluate(
            new()
            {
                Connected = connected,
                Power = [new("mains", power, Now)],
                Weather = [new("monitor", weather, Now)],
                FreeRootBytes = long.MaxValue,
                FreeImagesBytes = long.MaxValue,
                Shutter = shutter,
            },
            new(released, null, power), new() { DomeClosedIsWeatherSafe = closedIsSafe }, new Darkness(dark ? -30 : 10), ignore, Now);
}
