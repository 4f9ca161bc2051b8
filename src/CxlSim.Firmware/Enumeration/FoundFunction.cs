using CxlSim.Core;

namespace CxlSim.Firmware;

/// <summary>A PCI function that enumeration found, with what firmware later needs of it.</summary>
public sealed class FoundFunction(Bdf address, uint classCode, bool isBridge)
{
    public Bdf Address => address;

    public uint ClassCode => classCode;

    public bool IsBridge => isBridge;

    /// <summary>Port number of the link, from the express capability.</summary>
    public byte PortNumber { get; init; }

    public List<FoundBar> Bars { get; } = [];

    /// <summary>Functions on the bus below a bridge.</summary>
    public List<FoundFunction> Children { get; } = [];

    /// <summary>Where the component registers lie, once BARs have addresses; null for a function without.</summary>
    public FoundBar? ComponentBar { get; set; }
}
