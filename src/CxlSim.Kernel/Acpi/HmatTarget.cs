using CxlSim.Core;

namespace CxlSim.Kernel;

/// <summary>Memory, or a generic port, that the HMAT may speak of (<c>drivers/acpi/numa/hmat.c</c>, struct memory_target).</summary>
public sealed class HmatTarget(uint domain)
{
    public uint Domain => domain;

    /// <summary>The domain of the CPUs that it belongs to; null where the table does not say.</summary>
    public uint? Processor { get; set; }

    /// <summary>What SRAT says lies in it.</summary>
    public List<AddressRange> Ranges { get; } = [];

    /// <summary>Caches before its memory, in the order of the table.</summary>
    public List<HmatCacheLevel> Caches { get; } = [];

    /// <summary>UID of the host bridge whose generic port it is.</summary>
    public uint? GenericPort { get; set; }

    /// <summary>As a node, by class of access.</summary>
    public AccessCoordinates[] Coordinates { get; } = new AccessCoordinates[AccessCoordinates.Classes];

    /// <summary>As a generic port, by class of access.</summary>
    public AccessCoordinates[] PortCoordinates { get; } = new AccessCoordinates[AccessCoordinates.Classes];

    /// <summary>A driver knows better: the table's numbers are not looked at again.</summary>
    public bool IsOverridden { get; set; }

    public bool IsRegistered { get; set; }
}
