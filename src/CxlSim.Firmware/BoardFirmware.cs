using CxlSim.Core;
using CxlSim.Engine;
using CxlSim.Platform;
using CxlSim.Spec.Efi;

namespace CxlSim.Firmware;

/// <summary>What the board's software does between power-on and the operating system. It knows the board, and touches hardware through the bus only.</summary>
public sealed class BoardFirmware(Simulation simulation, IHostBus bus, PlatformDescription platform)
{
    private readonly List<(WindowDescription Window, AddressRange Range)> _programmed = [];

    private IReadOnlyList<IReadOnlyList<AddressRange>> Mmio { get; } = MmioPlan.Of(platform);

    /// <summary>Numbers buses, assigns addresses, and programs decoders where the board does that.</summary>
    public async SimTask EnumerateAsync()
    {
        await simulation.Delay(SimDuration.Nanoseconds(platform.Timing.FirmwareNs));
        PciEnumerator enumerator = new(bus);
        AddressAllocator allocator = new(bus);
        Dictionary<uint, List<FoundFunction>> functionsByUid = [];
        for (int i = 0; i < platform.HostBridges.Count; i++)
        {
            HostBridgeDescription bridge = platform.HostBridges[i];
            List<FoundFunction> functions = enumerator.Scan(bridge);
            allocator.Assign(functions, Mmio[i], function => AllowsHotplug(bridge, function));
            if (bridge.Cxl is not null)
            {
                functionsByUid[bridge.Uid] = functions;
            }
        }

        if (platform.Firmware.Decoders != FirmwareDecoders.Os)
        {
            await ProgramWindowsAsync(functionsByUid);
        }
    }

    /// <summary>Writes the tables and hands over.</summary>
    public BootHandoff WriteTables()
    {
        TablePlacer placer = new(bus, platform);
        Hpa dsdt = placer.Place(DsdtBuilder.Build(platform, Mmio));
        List<Hpa> tables = [placer.Place(FadtBuilder.Build(platform, dsdt)), placer.Place(MadtBuilder.Build(platform))];
        if (platform.Memory.Srat is { } srat)
        {
            tables.Add(placer.Place(SratBuilder.Build(platform, srat)));
        }

        if (platform.Memory.Distances.Count > 0)
        {
            tables.Add(placer.Place(SlitBuilder.Build(platform)));
        }

        if (platform.Memory.Hmat.Count > 0)
        {
            tables.Add(placer.Place(HmatBuilder.Build(platform)));
        }

        tables.Add(placer.Place(McfgBuilder.Build(platform)));
        if (platform.HostBridges.Any(bridge => bridge.Cxl is not null))
        {
            tables.Add(placer.Place(CedtBuilder.Build(platform)));
        }

        Hpa rsdp = placer.PlaceRoot(platform, tables);
        return new BootHandoff(
            EfiMapBuilder.Build(platform, _programmed),
            EfiMemoryDescriptor.SpecSize,
            EfiMemoryDescriptor.Version,
            rsdp,
            platform.Kernel.CommandLine,
            KernelImage());
    }

    private IReadOnlyList<(string Name, AddressRange Range)> KernelImage() => platform.Kernel.Image is { } image
        ? [("Kernel code", image.Code), ("Kernel rodata", image.Rodata), ("Kernel data", image.Data), ("Kernel bss", image.Bss)]
        : [];

    private async SimTask ProgramWindowsAsync(Dictionary<uint, List<FoundFunction>> functionsByUid)
    {
        DecoderProgrammer decoders = new(simulation, bus, platform.Firmware.Decoders == FirmwareDecoders.Locked);
        RegionProgrammer regions = new(platform, decoders, functionsByUid);
        foreach (WindowDescription window in platform.Windows)
        {
            if (await regions.ProgramAsync(window) is { } range)
            {
                _programmed.Add((window, range));
            }
        }
    }

    private static bool AllowsHotplug(HostBridgeDescription bridge, FoundFunction function) =>
        bridge.RootPorts.Any(port => port.Device == function.Address.Device && port.Function == function.Address.Function && port.Hotplug);
}
