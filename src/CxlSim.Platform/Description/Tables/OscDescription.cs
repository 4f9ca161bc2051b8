namespace CxlSim.Platform;

/// <summary>What <c>_OSC</c> of a CXL host bridge answers: the five words of its buffer (CXL r3.1 9.18.2).</summary>
/// <param name="Status">Bits 1 to 4: failures.</param>
/// <param name="Support">PCIe features, as they were offered.</param>
/// <param name="Control">PCIe features that the operating system gets.</param>
/// <param name="CxlSupport">CXL features, as they were offered.</param>
/// <param name="CxlControl">CXL features that the operating system gets.</param>
public sealed record OscDescription(uint Status, uint Support, uint Control, uint CxlSupport, uint CxlControl)
{
    /// <summary>Everything is offered; the operating system may have hot-plug, errors and power management (ACPI 6.5 6.2.11.3, CXL r3.1 9.18.2).</summary>
    public static readonly OscDescription Default = new(0, 0x13f, 0x1f, 0xf, 1);
}
