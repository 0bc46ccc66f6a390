namespace Conformance.Report;

/// <summary>The rules that the checks hold a server to.</summary>
public static class Rules
{
    public static readonly Rule Answer = Fault("answer", "A well-formed request is answered with HTTP 200; what the device cannot do goes into ErrorNumber and ErrorMessage.");
    public static readonly Rule ContentType = Fault("content-type", "A reply of the API says Content-Type: application/json (or application/imagebytes).");
    public static readonly Rule ReplyKeys = Fault("reply-keys", "A reply has the keys Value (where there is one), ClientTransactionID, ServerTransactionID, ErrorNumber and ErrorMessage at its root, cased like this.");
    public static readonly Rule ReplyOrder = Advice("reply-order", "The keys come in the order of the official description: Value, ClientTransactionID, ServerTransactionID, ErrorNumber, ErrorMessage.");
    public static readonly Rule ReplyTypes = Fault("reply-types", "ClientTransactionID, ServerTransactionID and ErrorNumber are JSON integers, ErrorMessage is a string and never null.");
    public static readonly Rule ValueType = Fault("value-type", "Value has the JSON type of the official description: integers without a fraction, true and false, numbers that are finite, enumerations as integers.");
    public static readonly Rule ValueRange = Fault("value-range", "A reading lies within the limits of its definition.");
    public static readonly Rule TransactionEcho = Fault("transaction-echo", "ClientTransactionID comes back as it was sent, or as 0 if none was sent that can be read.");
    public static readonly Rule ServerTransaction = Fault("server-transaction", "ServerTransactionID is 1 or more and no two replies share one.");
    public static readonly Rule ErrorPair = Fault("error-pair", "ErrorNumber is 0 with an empty ErrorMessage, or 0x400 to 0xFFF with a message that says what is wrong.");

    public static readonly Rule UnknownPath = Fault("unknown-path", "A path that is not of the API (unknown type, number or member, capitals, another version) is refused with a 4xx status, never answered with a page or a value.");
    public static readonly Rule WrongVerb = Fault("wrong-verb", "A verb that the member does not have is refused with a 4xx status (405).");
    public static readonly Rule GetParameterCase = Fault("get-parameter-case", "Parameter names in a query string have any case.");
    public static readonly Rule PutParameterCase = Fault("put-parameter-case", "Parameter names in a form have exactly one case: another one is a missing parameter, HTTP 400.");
    public static readonly Rule ParameterMissing = Fault("parameter-missing", "A request without a parameter that the member needs is refused with HTTP 400.");
    public static readonly Rule ParameterUnreadable = Fault("parameter-unreadable", "A parameter that is not of its type (text for a number, nothing at all) is refused with HTTP 400, or with error 0x401.");
    public static readonly Rule ParameterRepeated = Advice("parameter-repeated", "A parameter that is given twice with different values is refused with HTTP 400: which of two targets to take is not for the server to guess.");
    public static readonly Rule ParameterPlace = Fault("parameter-place", "A GET takes its parameters from the query string and a PUT from the form, and from nowhere else.");
    public static readonly Rule ParameterExtra = Fault("parameter-extra", "Parameters come in any order, and those that the member does not know are ignored.");
    public static readonly Rule ClientIds = Advice("client-ids", "A ClientID or ClientTransactionID that is no unsigned 32-bit integer is refused with HTTP 400 or error 0x401.");
    public static readonly Rule ClientIdCase = Fault("client-id-case", "ClientID and ClientTransactionID in another case count in a query string, and are not there in a form.");
    public static readonly Rule OutOfRange = Fault("out-of-range", "A value that is well formed and out of range is answered with HTTP 200 and error 0x401.");

    public static readonly Rule NotConnected = Fault("not-connected", "A device that is not connected answers 0x407 (or 0x400 for what it has not, 0x401 for what is out of range) and neither reads nor does anything.");
    public static readonly Rule Mandatory = Fault("mandatory", "Members that every device must have are implemented.");
    public static readonly Rule InterfaceVersion = Fault("interface-version", "InterfaceVersion is one that exists, and the device has the members of that version.");
    public static readonly Rule LaterMembers = Advice("later-members", "A member that came with a later version of the interface than the device has is refused (4xx, or error 0x400).");
    public static readonly Rule Capability = Fault("capability", "What CanX denies answers 0x400, and what it promises does not.");
    public static readonly Rule Connecting = Fault("connecting", "Connect and Disconnect return at once; Connecting is false when they are done, and Connected then says what was asked for.");
    public static readonly Rule ConnectionRace = Fault("connection-race", "Clients that connect and disconnect at the same time all get an answer, and the last wish wins.");
    public static readonly Rule DeviceState = Fault("device-state", "DeviceState has an entry for every operational property that can be read, spelled exactly, with the value that the property has.");
    public static readonly Rule TimeStamp = Advice("time-stamp", "DeviceState carries TimeStamp, the time of its reading.");
    public static readonly Rule Actions = Fault("actions", "SupportedActions is a list of distinct names; Action refuses any other with 0x40C (or 0x400 if there are none).");
    public static readonly Rule InitiatorReturns = Fault("initiator-returns", "A member that starts something returns within a second and before the thing is done.");
    public static readonly Rule InitiatorCompletes = Fault("initiator-completes", "The completion property says \"busy\" from before the reply to the initiator until the thing is done, and what was asked for is then true.");
    public static readonly Rule Image = Fault("image", "ImageArray has Type and Rank and the dimensions NumX by NumY; ImageBytes has a 44-byte header with the ids and the error number, and as many bytes as it promises.");
    public static readonly Rule ManyClients = Fault("many-clients", "Each of many clients at once gets the reply to its own request.");

    public static readonly Rule ManagementValue = Fault("management-value", "The management API says what the standard asks: versions with 1, the server's description, a list of devices.");
    public static readonly Rule UniqueIds = Fault("unique-ids", "Every device has a UniqueID of its own that nobody can guess.");
    public static readonly Rule DeviceNumbers = Fault("device-numbers", "Every device of the list answers at its type and number, and no two share them.");

    /// <summary>All rules, in the order of their definition.</summary>
    public static IReadOnlyList<Rule> All { get; } =
        [.. typeof(Rules).GetFields().Where(f => f.FieldType == typeof(Rule)).Select(f => (Rule)f.GetValue(null)!)];

    private static Rule Fault(string name, string text) => new(name, Weight.Fault, text);

    private static Rule Advice(string name, string text) => new(name, Weight.Advice, text);
}
