using System.Runtime.CompilerServices;

namespace Alpaca.Contract;

/// <summary>The default of every optional member: the error NotImplemented (0x400), naming the member.</summary>
internal static class NotImplementedMember
{
    internal static ValueTask<T> NotImplemented<T>([CallerMemberName] string member = "") =>
        ValueTask.FromException<T>(AlpacaException.NotImplemented(member));

    internal static ValueTask NotImplemented([CallerMemberName] string member = "") =>
        ValueTask.FromException(AlpacaException.NotImplemented(member));
}
