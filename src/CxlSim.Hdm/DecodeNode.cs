namespace CxlSim.Hdm;

/// <summary>A place on the way of an address: a port that passes it on, or an endpoint that takes it.</summary>
public abstract class DecodeNode
{
    private protected DecodeNode()
    {
    }
}

/// <summary>A host bridge or the upstream port of a switch.</summary>
/// <param name="decoders">Its committed decoders; null for a passthrough bridge, which sends everything to its only port.</param>
/// <param name="ports">What lies below each port number.</param>
public sealed class PortNode(IReadOnlyList<HdmDecoder>? decoders, IReadOnlyDictionary<byte, DecodeNode> ports) : DecodeNode
{
    /// <summary>Where a passthrough bridge leads; null with no port or several.</summary>
    public DecodeNode? Only { get; } = ports.Count == 1 ? ports.Values.First() : null;

    public IReadOnlyList<HdmDecoder>? Decoders => decoders;

    public IReadOnlyDictionary<byte, DecodeNode> Ports => ports;
}

/// <summary>A Type-3 device.</summary>
/// <param name="device">The number by which the caller knows the device.</param>
/// <param name="decoders">Its committed decoders, in the order of their DPA.</param>
public sealed class EndpointNode(int device, IReadOnlyList<HdmDecoder> decoders) : DecodeNode
{
    public int Device => device;

    public IReadOnlyList<HdmDecoder> Decoders => decoders;
}
