using CxlSim.Core;

namespace CxlSim.Session;

/// <summary>What a capture says of a PCI function. What nothing said is null; what was said first stays.</summary>
internal sealed class PciFacts(Bdf address)
{
    public const uint BridgeClass = 0x0604;
    public const uint CxlMemoryClass = 0x0502;

    public Bdf Address => address;

    public ushort? VendorId { get; set; }

    public ushort? DeviceId { get; set; }

    /// <summary>Base class and subclass: 16 bits.</summary>
    public uint? Class { get; set; }

    public byte? ProgrammingInterface { get; set; }

    /// <summary>The bus behind a bridge.</summary>
    public byte? Secondary { get; set; }

    /// <summary>The port number of its link.</summary>
    public byte? PortNumber { get; set; }

    public bool? AllowsHotplug { get; set; }

    public ushort? Slot { get; set; }

    public ulong? Serial { get; set; }

    /// <summary>What the range registers of the CXL DVSEC sum up to.</summary>
    public ulong? RangeSize { get; set; }

    /// <summary>Its error reporting lets internal errors through, of both kinds.</summary>
    public bool ReportsInternalErrors { get; set; }

    /// <summary>It has a DVSEC of CXL.</summary>
    public bool IsCxl { get; set; }

    public SortedDictionary<int, PciBarFacts> Bars { get; } = [];

    public bool IsBridge => Secondary is not null || Class == BridgeClass;

    public bool IsMemoryDevice => Class == CxlMemoryClass;
}
