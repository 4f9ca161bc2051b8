using System.Globalization;
using CxlSim.Core;

namespace CxlSim.Kernel;

/// <summary>A persistent region as libnvdimm has it, <c>regionN</c> of the bus nd (<c>drivers/nvdimm/region_devs.c</c>, struct nd_region).</summary>
public sealed class NdRegion(int id, AddressRange range, IReadOnlyList<NdMapping> mappings)
    : Device("region" + id.ToString(CultureInfo.InvariantCulture))
{
    private static readonly AttributeGroup Attributes = new(
    [
        Attr<NdRegion>.ReadOnly("devtype", d => d.DeviceType!),
        Attr<NdRegion>.ReadOnly("size", d => d.Range.Size.Bytes.ToString(CultureInfo.InvariantCulture)),
        Attr<NdRegion>.ReadOnly("resource", d => $"0x{d.Range.Start.Value:x}", FileMode.S0400),
        Attr<NdRegion>.ReadOnly("mappings", d => Decimal(d.Mappings.Count)),
        Attr<NdRegion>.ReadOnly("set_cookie", d => $"0x{d.Cookie:x}"),
        Attr<NdRegion>.ReadOnly("persistence_domain", _ => "memory_controller"),
        Attr<NdRegion>.ReadOnly("numa_node", d => Decimal(d.NumaNode)),
        Attr<NdRegion>.ReadOnly("target_node", d => Decimal(d.TargetNode)),
        .. Enumerable.Range(0, Spec.Cxl.Interleave.MaxWays).Select(MappingAttribute),
    ]);

    public AddressRange Range => range;

    /// <summary>By position.</summary>
    public IReadOnlyList<NdMapping> Mappings => mappings;

    public required int NumaNode { get; init; }

    public required int TargetNode { get; init; }

    /// <summary>Tells an interleave set from any other: a sum over start and serial of each member, in order (<c>nd_fletcher64</c>).</summary>
    public ulong Cookie
    {
        get
        {
            uint low = 0;
            ulong high = 0;
            foreach (ulong number in mappings.SelectMany(mapping => new[] { mapping.Start.Value, mapping.Serial }))
            {
                foreach (uint word in new[] { Bits.Low32(number), Bits.Low32(number >> 32) })
                {
                    low = unchecked(low + word);
                    high += low;
                }
            }

            return (high << 32) | low;
        }
    }

    public override string DeviceType => "nd_pmem";

    protected override IReadOnlyList<AttributeGroup> DeviceGroups => [Attributes];

    private static KAttribute MappingAttribute(int position) => Attr<NdRegion>.ReadOnly(
        "mapping" + Decimal(position),
        d => string.Create(
            CultureInfo.InvariantCulture,
            $"{d.Mappings[position].Dimm.Name},{d.Mappings[position].Start.Value},{d.Mappings[position].Size.Bytes},{position}"),
        visible: d => position < d.Mappings.Count);

    private static string Decimal(int value) => value.ToString(CultureInfo.InvariantCulture);
}
