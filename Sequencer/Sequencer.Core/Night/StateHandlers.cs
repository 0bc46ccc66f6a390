using Sequencer.Core.Night.States;

namespace Sequencer.Core.Night;

/// <summary>The shipped state handlers. What differs between the tables (pointing or not, tracking or not) the handlers read from the table itself.</summary>
public static class StateHandlers
{
    /// <summary>The handlers for a table, by state name. A table of your own uses the same ones.</summary>
    /// <param name="table">The table's name.</param>
    public static IReadOnlyDictionary<string, INightState> For(string table)
    {
        ArgumentException.ThrowIfNullOrEmpty(table);
        return new Dictionary<string, INightState>
        {
            ["sleeping"] = new Sleeping(),
            ["ready"] = new Ready(),
            ["scheduling"] = new States.Scheduling(),
            ["slewing"] = new Slewing(),
            ["pointing"] = new States.Pointing(),
            ["tracking"] = new Tracking(),
            ["observing"] = new States.Observing(),
            ["analyzing"] = new Analyzing(),
            ["parking"] = new Parking(),
            ["parked"] = new Parked(),
            ["housekeeping"] = new Housekeeping(),
        };
    }
}
