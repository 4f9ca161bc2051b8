using CxlSim.Core;

namespace CxlSim.Kernel;

/// <summary>A BAR with an address.</summary>
public sealed record PciResource(PciBar Bar, AddressRange Range)
{
    /// <summary>As the log has it (<c>%pR</c>).</summary>
    public override string ToString() =>
        $"BAR {Bar.Index} [mem 0x{Range.Start.Value:x8}-0x{Range.Last.Value:x8}{(Bar.Is64Bit ? " 64bit" : string.Empty)}{(Bar.IsPrefetchable ? " pref" : string.Empty)}]";
}
