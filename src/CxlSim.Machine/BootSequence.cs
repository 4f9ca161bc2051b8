using CxlSim.Engine;

namespace CxlSim.Machine;

/// <summary>THE list of phases: the only place that decides what comes before what.</summary>
internal static class BootSequence
{
    public static async SimTask RunAsync(SimulatedMachine machine)
    {
        // The board wakes up: devices answer, decoders are empty, media comes up by and by.
        await machine.EnterAsync(Phase.PowerOn);

        // Firmware numbers buses, gives BARs their addresses, and programs decoders where the board does that.
        await machine.EnterAsync(Phase.FirmwareEnumerate);
        await machine.Firmware.EnumerateAsync();

        // What firmware knows becomes bytes: EFI memory map, ACPI tables.
        await machine.EnterAsync(Phase.FirmwareTables);
        machine.WriteTables();

        await RunKernelAsync(machine);
    }

    /// <summary>What a kernel does, whoever started it: firmware, or the kernel before it.</summary>
    public static async SimTask RunKernelAsync(SimulatedMachine machine)
    {
        // The kernel gets addresses and bytes, and what it was built with: its version, options and modules. Beyond this point nothing else of the description is looked at.
        await machine.EnterAsync(Phase.Handoff);
        machine.StartKernel();

        // EFI map to x86 map, iomem's first lines, size of a memory block.
        await machine.EnterAsync(Phase.MemoryMap);
        machine.Boot.MemoryMap();
        if (machine.Kernel!.HasPanicked)
        {
            return; // nothing runs that could go on
        }

        // SRAT, SLIT and the windows of CEDT become nodes; boot RAM joins its zones.
        await machine.EnterAsync(Phase.NumaNodes);
        machine.Boot.NumaNodes();

        // Beyond this point no NUMA node is created: what SRAT and CEDT did not name cannot be hot-added.
        await machine.EnterAsync(Phase.ContiguousMemory);
        machine.Boot.ContiguousMemory();

        // Devices for nodes and blocks. The tiers' own work waits until late init.
        await machine.EnterAsync(Phase.MemoryTiers);
        await machine.Boot.MemoryTiersAsync();

        // The namespace: host bridges and the CXL root.
        await machine.EnterAsync(Phase.AcpiScan);
        await machine.Boot.AcpiScanAsync();

        // Functions below the host bridges, and their address space.
        await machine.EnterAsync(Phase.PciScan);
        await machine.Boot.PciScanAsync();

        // Beyond this point iomem holds all that firmware described; drivers add the rest.
        await machine.EnterAsync(Phase.SoftReservedFallback);
        await machine.Boot.SoftReservedFallbackAsync();

        // Nodes with memory that no driver has spoken for become DRAM.
        await machine.EnterAsync(Phase.LateInit);
        await machine.Boot.LateInitAsync();

        // Modules in the order of a distribution. From here on things follow from each other and overlap.
        await machine.EnterAsync(Phase.DriverProbe);
        await machine.Boot.DriverProbeAsync(machine.Platform.Kernel.Modules);
    }
}
