using CxlSim.Engine;

namespace CxlSim.Machine;

/// <summary>THE list of phases: the only place that decides what comes before what.</summary>
internal static class BootSequence
{
    public static async SimTask RunAsync(BootState state)
    {
        // The board wakes up: devices answer, decoders are empty, media comes up by and by.
        await state.EnterAsync(Phase.PowerOn);

        // Firmware numbers buses, gives BARs their addresses, and programs decoders where the board does that.
        await state.EnterAsync(Phase.FirmwareEnumerate);
        await state.Firmware.EnumerateAsync();

        // What firmware knows becomes bytes: EFI memory map, ACPI tables.
        await state.EnterAsync(Phase.FirmwareTables);
        state.WriteTables();

        await RunKernelAsync(state);
    }

    /// <summary>What a kernel does, whoever started it: firmware, or the kernel before it.</summary>
    public static async SimTask RunKernelAsync(BootState state)
    {
        // The kernel gets addresses and bytes, and what it was built with: its version, options and modules. Beyond this point nothing else of the description is looked at.
        await state.EnterAsync(Phase.Handoff);
        state.StartKernel();

        // EFI map to x86 map, iomem's first lines, size of a memory block.
        await state.EnterAsync(Phase.MemoryMap);
        state.Boot.MemoryMap();
        if (state.Kernel!.HasPanicked)
        {
            return; // nothing runs that could go on
        }

        // SRAT, SLIT and the windows of CEDT become nodes; boot RAM joins its zones.
        await state.EnterAsync(Phase.NumaNodes);
        state.Boot.NumaNodes();

        // Beyond this point no NUMA node is created: what SRAT and CEDT did not name cannot be hot-added.
        await state.EnterAsync(Phase.ContiguousMemory);
        state.Boot.ContiguousMemory();

        // Devices for nodes and blocks. The tiers' own work waits until late init.
        await state.EnterAsync(Phase.MemoryTiers);
        await state.Boot.MemoryTiersAsync();

        // The namespace: host bridges and the CXL root.
        await state.EnterAsync(Phase.AcpiScan);
        await state.Boot.AcpiScanAsync();

        // Functions below the host bridges, and their address space.
        await state.EnterAsync(Phase.PciScan);
        await state.Boot.PciScanAsync();

        // Beyond this point iomem holds all that firmware described; drivers add the rest.
        await state.EnterAsync(Phase.SoftReservedFallback);
        await state.Boot.SoftReservedFallbackAsync();

        // Nodes with memory that no driver has spoken for become DRAM.
        await state.EnterAsync(Phase.LateInit);
        await state.Boot.LateInitAsync();

        // Modules in the order of a distribution. From here on things follow from each other and overlap.
        await state.EnterAsync(Phase.DriverProbe);
        await state.Boot.DriverProbeAsync(state.Platform.Kernel.Modules);
    }
}
