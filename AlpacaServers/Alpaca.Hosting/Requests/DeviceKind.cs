using Alpaca.Contract;
using Alpaca.Contract.Description;

namespace Alpaca.Hosting;

/// <summary>One device type, as the generated dispatch knows it.</summary>
/// <param name="DeviceType">As URLs spell it.</param>
/// <param name="Name">As the management API spells it.</param>
/// <param name="Members">From a member's route to its handlers.</param>
/// <param name="NewestVersion">The newest version of its interface: that of the contract.</param>
/// <param name="Routes">All routes; a member's number is its route's place here.</param>
internal sealed record DeviceKind(string DeviceType, string Name, MemberLookup Members, int NewestVersion, IReadOnlyList<string> Routes);

/// <summary>Finds a member's handlers by its route; both are null if there is no such member.</summary>
internal delegate MemberHandlers MemberLookup(ReadOnlySpan<char> member);

/// <summary>Reads the parameters of one request, calls the device, writes the reply.</summary>
internal delegate ValueTask MemberHandler(IAlpacaDevice device, AlpacaExchange exchange);

/// <summary>What answers a member's route.</summary>
/// <param name="Get">Answers GET, or null.</param>
/// <param name="Put">Answers PUT, or null.</param>
/// <param name="Returns">The type of a GET's Value: even a failed GET carries one.</param>
/// <param name="Number">The member's place in <see cref="DeviceKind.Routes"/>.</param>
/// <param name="Since">The version of the interface that the member came with.</param>
internal readonly record struct MemberHandlers(MemberHandler? Get, MemberHandler? Put, WireType? Returns, int Number, int Since);
