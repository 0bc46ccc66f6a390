using Sequencer.Core.Records;

namespace Sequencer.Core.Equipment;

/// <summary>The journal events of the equipment that call for a person.</summary>
internal static class EquipmentEvents
{
    /// <summary><c>alarm</c>: somebody must go there.</summary>
    public static void Alarm(this Journal journal, string message) => journal.Write("alarm", ("message", message));
}
