using CxlSim.Core;
using CxlSim.Platform;
using CxlSim.Spec.Acpi;

namespace CxlSim.Firmware;

/// <summary>Fixed ACPI Description Table: on the modelled path it only leads to the DSDT (ACPI 6.5 5.2.9).</summary>
public static class FadtBuilder
{
    private const byte Revision = 6;
    private const int Length = 276;

    /// <summary>HW_REDUCED_ACPI: the fixed hardware registers do not exist, so that none has to be described.</summary>
    private const uint HardwareReduced = 1 << 20;

    public static BuiltTable Build(PlatformDescription platform, Hpa dsdt)
    {
        AcpiTable table = new("FACP", Revision, platform);
        table.Body.Zeros(Length - table.Body.Length);
        BitConverter.TryWriteBytes(table.Body.At(Fadt.Dsdt, 4), dsdt.Value <= uint.MaxValue ? (uint)dsdt.Value : 0); // the wide field holds any address
        BitConverter.TryWriteBytes(table.Body.At(Fadt.Flags, 4), HardwareReduced);
        table.Body.At(Fadt.MinorVersion, 1)[0] = 5;
        BitConverter.TryWriteBytes(table.Body.At(Fadt.WideDsdt, 8), dsdt.Value);
        table.NoteRecord(AcpiTableHeader.SpecSize, Length - AcpiTableHeader.SpecSize, null, "a board of reduced hardware, and where the DSDT lies");
        return table.Finish();
    }
}
