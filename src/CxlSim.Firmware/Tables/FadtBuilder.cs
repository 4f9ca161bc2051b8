using CxlSim.Core;
using CxlSim.Platform;
using CxlSim.Spec.Acpi;

namespace CxlSim.Firmware;

/// <summary>Fixed ACPI Description Table: on the modelled path it only leads to the DSDT (ACPI 6.5 5.2.9).</summary>
public static class FadtBuilder
{
    private const byte Revision = 6;
    private const byte MinorVersion = 5;
    private const string NoRegisters = "0: a board of reduced hardware";

    /// <summary>HW_REDUCED_ACPI: the fixed hardware registers do not exist, so that none has to be described.</summary>
    private const uint HardwareReduced = 1 << 20;

    public static BuiltTable Build(PlatformDescription platform, Hpa dsdt)
    {
        AcpiTable table = new("FACP", Revision, platform);
        FixedFields.Append(table, platform.Firmware.Tables.GetValueOrDefault("FACP"), Fadt.Fields, offset => Derive(offset, dsdt));
        Check.That(table.Body.Length == Fadt.Length, "a FADT of 276 bytes");
        return table.Finish();
    }

    private static (ulong Value, string Derivation) Derive(int offset, Hpa dsdt) => offset switch
    {
        Fadt.Dsdt => (dsdt.Value <= uint.MaxValue ? dsdt.Value : 0, "where the DSDT lies"), // the wide field holds any address
        Fadt.WideDsdt => (dsdt.Value, "where the DSDT lies"),
        Fadt.Flags => (HardwareReduced, "a board of reduced hardware"),
        Fadt.MinorVersion => (MinorVersion, "the revision of the records that are written"),
        _ => (0, NoRegisters),
    };
}
