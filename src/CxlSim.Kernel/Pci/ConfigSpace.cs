using CxlSim.Core;
using CxlSim.Spec.Acpi;
using CxlSim.Spec.Pci;

namespace CxlSim.Kernel;

/// <summary>
/// The ways to configuration space: ports for the first 256 bytes in segment 0, and for all of it ECAM where the MCFG says that there is some
/// (<c>arch/x86/pci/mmconfig-shared.c</c>). That firmware reserves the addresses is taken for granted.
/// </summary>
public sealed class ConfigSpace(KernelCore core)
{
    private readonly List<(ushort Segment, byte First, byte Last, AddressRange Range)> _ecams = [];

    /// <summary>Nobody wants ECAM.</summary>
    public bool IsSwitchedOff => core.CommandLine.HasOption("pci", "nommconf");

    /// <summary>Reads the MCFG (<c>pci_parse_mcfg</c>).</summary>
    public void FindEcam(AcpiTables tables)
    {
        if (IsSwitchedOff || tables.Find("MCFG") is not { } mcfg)
        {
            return;
        }

        if (mcfg.Length < McfgAllocation.FirstEntryOffset + McfgAllocation.SpecSize)
        {
            core.Log.Error("PCI: MCFG has no entries");
            core.Log.Error("PCI: MCFG has no entries"); // looked for once more when ACPI is there
        }

        for (int offset = McfgAllocation.FirstEntryOffset; offset + McfgAllocation.SpecSize <= mcfg.Length; offset += McfgAllocation.SpecSize)
        {
            if (BinaryLayout.TryRead(mcfg.AsSpan(offset), out McfgAllocation entry)
                && entry.EndBus >= entry.StartBus
                && AddressRange.TryCreate(
                    new Hpa(unchecked(entry.Base + (McfgAllocation.BytesPerBus * (ulong)entry.StartBus))),
                    new ByteSize(McfgAllocation.BytesPerBus * (ulong)(entry.EndBus - entry.StartBus + 1)), out AddressRange range))
            {
                _ecams.Add((entry.Segment, entry.StartBus, entry.EndBus, range));
            }
        }
    }

    /// <summary>Lines of /proc/iomem, once everything else has its place (<c>pci_mmcfg_late_insert_resources</c>).</summary>
    public void InsertResources()
    {
        foreach ((ushort segment, byte first, byte last, AddressRange range) in _ecams)
        {
            core.Iomem.Insert(new Resource($"PCI ECAM {segment:x4} [bus {first:x2}-{last:x2}]", range, ResourceFlags.Busy));
        }
    }

    /// <summary>Whether functions of a bus have more than 256 bytes for software.</summary>
    public bool IsExtended(ushort segment, byte bus) => _ecams.Exists(ecam => ecam.Segment == segment && ecam.First <= bus && bus <= ecam.Last);

    /// <summary>All ones where there is no way.</summary>
    public uint Read(Bdf function, int offset, int width) =>
        IsReached(function, offset) ? core.HostBus.ReadConfig(function, offset, width) : (uint)Bits.Mask((width * 8) - 1, 0);

    /// <summary>Nothing happens where there is no way.</summary>
    public void Write(Bdf function, int offset, int width, uint value)
    {
        if (IsReached(function, offset))
        {
            core.HostBus.WriteConfig(function, offset, width, value);
        }
    }

    private bool IsReached(Bdf function, int offset) => (function.Segment == 0 && offset < PciConfig.FirstExtendedCapability) || IsExtended(function.Segment, function.Bus);
}
