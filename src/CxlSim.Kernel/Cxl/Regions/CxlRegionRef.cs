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

    /// <summary>Into how many ways the port splits. Too high by one after one of several members right below the port is detached: Linux compares next hops, of which they have none.</summary>
    public int TargetCount { get; set; }

    /// <summary>How many targets are worked out.</summary>
    public int TargetsSet { get; set; }
}
