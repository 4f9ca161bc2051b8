namespace CxlSim.Kernel;

/// <summary>What one port does for one region (<c>struct cxl_region_ref</c>).</summary>
public sealed class CxlRegionRef(CxlPort port, CxlRegion region, CxlDecoder decoder)
{
    public CxlPort Port => port;

    public CxlRegion Region => region;

    /// <summary>The decoder of the port that the region has taken.</summary>
    public CxlDecoder Decoder => decoder;

    /// <summary>Members that pass here.</summary>
    public List<CxlEndpointDecoder> Members { get; } = [];

    /// <summary>How many ways the port has to split. It can be one too high after a detach: direct members share no next hop, so none is found to stand for another.</summary>
    public int TargetCount { get; set; }

    /// <summary>How many targets are worked out.</summary>
    public int TargetsSet { get; set; }
}
