namespace CxlSim.Platform;

/// <summary>The numbers of the diagnostics of a platform file. Stable for ever: a number is never given a second meaning.</summary>
internal static class Cxp
{
    public const string UnreadableFile = "CXP0001";
    public const string NotYaml = "CXP0002";
    public const string UnknownKey = "CXP0003";
    public const string MissingKey = "CXP0004";
    public const string WrongKind = "CXP0005";
    public const string Malformed = "CXP0006";
    public const string Overflow = "CXP0007";
    public const string OutOfRange = "CXP0008";
    public const string KeyTwice = "CXP0009";
    public const string WindowBase = "CXP0010";
    public const string Unsupported = "CXP0011";
    public const string WindowSize = "CXP0012";
    public const string RangesOverlap = "CXP0013";
    public const string UnknownTarget = "CXP0014";
    public const string Ways = "CXP0015";
    public const string Granularity = "CXP0016";
    public const string SlotTwice = "CXP0017";
    public const string UidTwice = "CXP0018";
    public const string BusesOverlap = "CXP0019";
    public const string PortTwice = "CXP0020";
    public const string DeviceIdTwice = "CXP0021";
    public const string CapacityUnit = "CXP0022";
    public const string NoCapacity = "CXP0023";
    public const string DramOverlaps = "CXP0024";
    public const string DecoderCount = "CXP0025";
    public const string MailboxPayload = "CXP0026";
    public const string StepVerb = "CXP0027";
    public const string EfiEntry = "CXP0028";
    public const string Bar = "CXP0029";
    public const string TooFewBuses = "CXP0030";
    public const string SratWithoutMemory = "CXP0031";
    public const string BridgeWithoutDecoders = "CXP0032";
    public const string WindowSizePerWay = "CXP0033";
    public const string ProximityDomainTwice = "CXP0034";
    public const string TwoChildren = "CXP0035";
    public const string NoLowMemory = "CXP0036";
    public const string EfiWithoutDecoders = "CXP0037";
    public const string NoRoomForTables = "CXP0038";
    public const string XorMapsForModulo = "CXP0039";
    public const string XorMapsMissing = "CXP0040";
    public const string XorMapBit = "CXP0041";
    public const string XorMapsDiffer = "CXP0042";
    public const string TableTwice = "CXP0043";
    public const string TableFile = "CXP0044";
    public const string WindowsOverlap = "CXP0045";
    public const string EfiOverlap = "CXP0046";
    public const string WindowOverlaps = "CXP0047";
    public const string FlitsOfRate = "CXP0048";
    public const string KernelUnknown = "CXP0049";
}
