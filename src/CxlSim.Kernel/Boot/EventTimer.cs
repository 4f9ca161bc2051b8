using System.Globalization;
using CxlSim.Core;
using CxlSim.Spec.Acpi;

namespace CxlSim.Kernel;

/// <summary>The high precision event timer: of it only the addresses that it takes (<c>acpi_parse_hpet</c>, <c>hpet_insert_resource</c> in <c>arch/x86/kernel/acpi/boot.c</c>).</summary>
public sealed class EventTimer(KernelCore core, AcpiTables tables)
{
    private const byte SystemMemory = 0;

    /// <summary>The address of a PC's, in the wrong half of the field.</summary>
    private const ulong Swapped = 0xfed0_0000UL << 32;

    private Resource? _resource;

    /// <summary>Reads the table; without one there is no timer.</summary>
    public void Parse()
    {
        if (tables.Find("HPET") is not { } table || table.Length < Hpet.Length)
        {
            return;
        }

        if (table[Hpet.BaseAddress] != SystemMemory)
        {
            core.Log.Warning("ACPI: the HPET is not in memory: it is not used");
            return;
        }

        uint id = BitConverter.ToUInt32(table, Hpet.BlockId);
        ulong address = BitConverter.ToUInt64(table, Hpet.BaseAddress + GenericAddress.Address);
        bool isForced = (core.CommandLine.Value("hpet") ?? string.Empty).Split(',').Contains("force");
        if (address == 0 || (address == Swapped && !isForced))
        {
            core.Log.Warning($"ACPI: HPET id: 0x{id:x}: the base 0x{address:x} makes no sense{(address == 0 ? string.Empty : "; hpet=force would mend it")}");
            return;
        }

        address = address == Swapped ? address >> 32 : address;
        core.Log.Info($"ACPI: HPET id: 0x{id:x} base: 0x{address:x}");
        if (AddressRange.TryCreate(new Hpa(address), new ByteSize(Hpet.RegisterBytes), out AddressRange range))
        {
            _resource = new Resource("HPET " + table[Hpet.Number].ToString(CultureInfo.InvariantCulture), range, ResourceFlags.None);
        }
    }

    /// <summary>Its addresses stand in iomem once everything else has its place.</summary>
    public void Insert()
    {
        if (_resource is not null)
        {
            core.Iomem.Insert(_resource);
        }
    }
}
