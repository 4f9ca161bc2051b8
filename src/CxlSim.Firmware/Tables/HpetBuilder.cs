using CxlSim.Platform;
using CxlSim.Spec.Acpi;

namespace CxlSim.Firmware;

/// <summary>Where the high precision event timer lies, on boards of which the platform file says that they have one (IA-PC HPET 1.0a 3.2.4).</summary>
public static class HpetBuilder
{
    private const byte Revision = 1;

    /// <summary>Three timers of 64 bits, Intel's: as QEMU's q35 has it.</summary>
    private const uint BlockId = 0x8086_a201;
    private const uint PcAddress = 0xfed0_0000;

    /// <returns>Null where the platform has none.</returns>
    public static BuiltTable? Build(PlatformDescription platform)
    {
        if (platform.Firmware.Tables.GetValueOrDefault("HPET") is not { } said)
        {
            return null;
        }

        AcpiTable table = new("HPET", Revision, platform);
        FixedFields.Append(table, said, Hpet.Fields, Derive);
        return table.Finish();
    }

    private static (ulong Value, string Derivation) Derive(int offset) => offset switch
    {
        Hpet.BlockId => (BlockId, "three timers of 64 bits"),
        Hpet.BaseAddress + GenericAddress.Address => (PcAddress, "where PC chipsets have it"),
        _ => (0, "0"),
    };
}
