using System.Globalization;
using CxlSim.Core;

namespace CxlSim.Kernel;

/// <summary>The hand-over from a persistent region to libnvdimm (<c>drivers/cxl/core/region.c</c>, struct cxl_pmem_region).</summary>
/// <param name="region">A committed region: its members are taken down as they are now.</param>
public sealed class CxlPmemRegion(CxlRegion region) : CxlDevice("pmem_region" + region.Id.ToString(CultureInfo.InvariantCulture))
{
    public CxlRegion Region => region;

    public AddressRange Range { get; } = region.Resource!.Range;

    /// <summary>Whether the bridge had its driver when it was made.</summary>
    public required bool HasBridge { get; init; }

    /// <summary>By position.</summary>
    public IReadOnlyList<PmemMapping> Mappings { get; } =
        [.. region.Targets.OfType<CxlEndpointDecoder>().Select(member => new PmemMapping(member.Memdev, member.Dpa!.Start, member.Dpa.Size))];

    public override string DeviceType => "cxl_pmem_region";

    protected override int ModaliasType => 7;
}
