using CxlSim.Core;

namespace CxlSim.Firmware;

/// <summary>A BAR that enumeration sized.</summary>
public sealed class FoundBar(int index, ByteSize size, bool is64Bit)
{
    public int Index => index;

    public ByteSize Size => size;

    public bool Is64Bit => is64Bit;

    public Hpa Address { get; set; }
}
