namespace CxlSim.Platform;

/// <summary>A CXL switch: one upstream port with HDM decoders, and its downstream ports.</summary>
public sealed record SwitchDescription(int HdmDecoders, IReadOnlyList<DownstreamPortDescription> Ports) : PciChildDescription
{
    public SwitchCdatDescription Cdat { get; init; } = SwitchCdatDescription.Default;

    /// <summary>How fast it is.</summary>
    public SwitchPathDescription Path { get; init; } = SwitchPathDescription.Default;

    /// <summary>What its HDM decoders can do.</summary>
    public InterleaveCapabilities Interleave { get; init; } = InterleaveCapabilities.All;
}
