namespace Alpaca.Contract;

/// <summary>
/// A device that must know whether the client who relies on it is still there, such as a dome that closes itself when nobody asks after it any more. It is no
/// part of the ASCOM standard; servers call it, implemented beside the device interface.
/// </summary>
public interface IClientObserver
{
    /// <summary>A client has asked something of the server, of this device or of another. Called before the request is carried out; must return at once.</summary>
    /// <param name="client">The client's number of itself; 0 if it gave none.</param>
    void Heard(uint client);
}
