using System.Globalization;
using CxlSim.Core;

namespace CxlSim.Kernel;

/// <summary>A CXL component that is no PCI function: it says itself what configuration space and CDAT say of others (the platform devices of <c>tools/testing/cxl</c>).</summary>
/// <param name="name">Of the kind of device: <c>cxl_mem</c>.</param>
/// <param name="id">Instance; the port number where it is a downstream port.</param>
public abstract class CxlPlatformDevice(string name, int id) : Device(string.Create(CultureInfo.InvariantCulture, $"{name}.{id}"))
{
    private static readonly AttributeGroup Attributes = new(Attr<CxlPlatformDevice>.ReadOnly("modalias", d => "platform:" + d.Kind));

    public string Kind => name;

    public int Id => id;

    /// <summary>Its component registers; null where it has none.</summary>
    public Hpa? Components { get; init; }

    /// <summary>Of a memory device: a CXL 1.1 device, which hangs at its host bridge without ports between.</summary>
    public bool IsRestricted { get; init; }

    /// <summary>The NUMA node that it says it is near to.</summary>
    public int NumaNode { get; init; } = Numa.NoNode;

    /// <summary>Of a memory device: how fast any of its partitions is, the whole way included.</summary>
    public AccessCoordinates Speed { get; init; }

    /// <summary>Of a memory device: the throttling group of its partitions.</summary>
    public int QosClass { get; init; }

    public override IEnumerable<string> UeventLines => ["MODALIAS=platform:" + Kind];

    protected override IReadOnlyList<AttributeGroup> DeviceGroups => [Attributes, .. PlatformGroups];

    /// <summary>The attributes of the kind of device.</summary>
    protected virtual IReadOnlyList<AttributeGroup> PlatformGroups => [];
}
