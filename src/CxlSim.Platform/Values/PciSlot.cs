namespace CxlSim.Platform.Reading;

/// <summary>The place of a function on a root bus: device 0 to 31, function 0 to 7.</summary>
internal readonly record struct PciSlot(byte Device, byte Function)
{
    /// <summary>As lspci prints it: <c>1f.2</c>.</summary>
    public override string ToString() => $"{Device:x2}.{Function:x}";
}
