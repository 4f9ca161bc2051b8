namespace CxlSim.Hdm;

/// <summary>A host bridge or the upstream port of a switch.</summary>
public sealed class PortNode : DecodeNode
{
    /// <param name="decoders">Its committed decoders; null for a passthrough bridge, which sends everything to its only port.</param>
    /// <param name="ports">What lies below each port number.</param>
    /// <param name="name">For reports.</param>
    public PortNode(IReadOnlyList<HdmDecoder>? decoders, IReadOnlyDictionary<byte, DecodeNode> ports, string name = "port")
        : base(name, decoders ?? [])
    {
        IsPassthrough = decoders is null;
        Ports = ports;
        Only = ports.Count == 1 ? ports.Values.First() : null;
    }

    /// <summary>Whether it has no decoders, and sends everything to its only port.</summary>
    public bool IsPassthrough { get; }

    /// <summary>Where a passthrough bridge leads; null with no port or several.</summary>
    public DecodeNode? Only { get; }

    /// <summary>What lies below each port number.</summary>
    public IReadOnlyDictionary<byte, DecodeNode> Ports { get; }

    private protected override DecodeOutcome WhenUnclaimed => DecodeOutcome.NoPortDecoder;

    /// <summary>What lies behind a position of a decoder's target list; null where nothing does.</summary>
    public DecodeNode? At(in HdmDecoder decoder, int position) =>
        decoder.TryGetTarget(position, out byte port) ? Ports.GetValueOrDefault(port) : null;
}
