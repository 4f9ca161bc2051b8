using CxlSim.Core;
using CxlSim.Engine;
using CxlSim.Platform;
using CxlSim.Spec.Efi;

namespace CxlSim.Firmware;

/// <summary>What the board's software does between power-on and the operating system. It knows the board, and touches hardware through the bus only.</summary>
public sealed class BoardFirmware(Simulation simulation, IHostBus bus, PlatformDescription platform)
{
    private readonly List<(WindowDescription Window, AddressRange Range)> _programmed = [];

    private readonly List<TableSource> _sources = [];

    /// <summary>What the tables came from; empty before they are written.</summary>
    public TableSources TableSources { get; private set; } = new([]);

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
                functionsByUid.TryAdd(bridge.Uid, functions);
            }

            if (bridge.Cxl?.Restricted is { } host)
            {
                new RestrictedProgrammer(bus).OpenRegisters(host);
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
        Hpa dsdt = Place(Stated("DSDT") ?? DsdtBuilder.Build(platform, Mmio));
        List<(string Signature, Hpa Address)> tables = [("DSDT", dsdt), ("FACP", Place(FadtBuilder.Build(platform, dsdt)))];
        foreach ((string signature, Func<BuiltTable?> derive) in Derived())
        {
            if ((Stated(signature) ?? derive()) is { } table)
            {
                tables.Add((signature, Place(table)));
            }
        }

        foreach (string signature in platform.Firmware.Tables.Keys.Except(tables.Select(table => table.Signature)).ToArray())
        {
            if (Stated(signature) is { } table)
            {
                tables.Add((signature, Place(table)));
                tables.AddRange(platform.Firmware.Tables[signature].Further.Select(bytes => (signature, placer.Place(bytes.ToArray()))));
            }
        }

        Hpa xsdt = Place(XsdtBuilder.Build(platform, tables));
        Hpa rsdp = Place(RsdpBuilder.Build(platform, xsdt));
        BuiltTable efi = EfiMapBuilder.Build(platform, _programmed);
        TableSources = new TableSources([.. _sources, .. efi.Sources]);
        return new BootHandoff(
            efi.Bytes,
            EfiMemoryDescriptor.SpecSize,
            EfiMemoryDescriptor.Version,
            rsdp,
            platform.Kernel.CommandLine,
            KernelImage())
        {
            HasHypervisor = platform.Kernel.HasHypervisor,
            PhysicalBits = platform.Kernel.PhysicalBits,
            HasLa57 = platform.Kernel.HasLa57,
        };

        Hpa Place(BuiltTable table)
        {
            _sources.AddRange(table.Sources);
            return placer.Place(table.Bytes);
        }
    }

    /// <summary>Tables in the order of the XSDT, and what makes those of them that there are.</summary>
    private (string Signature, Func<BuiltTable?> Derive)[] Derived()
    {
        MemoryDescription memory = platform.Memory;
        return
        [
            ("APIC", () => MadtBuilder.Build(platform)),
            ("SRAT", () => memory.Srat is { } srat ? SratBuilder.Build(platform, srat) : null),
            ("SLIT", () => memory.Slit is null && memory.Distances.Count == 0 ? null : SlitBuilder.Build(platform)),
            ("HMAT", () => memory.HmatRecords.Count + memory.Hmat.Count == 0 ? null : HmatBuilder.Build(platform)),
            ("MCFG", () => McfgBuilder.Build(platform)),
            ("HPET", () => HpetBuilder.Build(platform)),
            ("CEDT", () => platform.HostBridges.Any(bridge => bridge.Cxl is not null) ? CedtBuilder.Build(platform) : null),
        ];
    }

    /// <summary>A table that the platform brings as it is; null where it does not.</summary>
    private BuiltTable? Stated(string signature)
    {
        if (platform.Firmware.Tables.GetValueOrDefault(signature) is not { Raw: { } bytes })
        {
            return null;
        }

        SourceLocation place = platform.Sources.Stated(platform.Firmware.Tables[signature], signature) ?? default;
        return new BuiltTable(bytes.ToArray(), [new TableSource(signature, 0, bytes.Length, place, signature, null)]);
    }

    private IReadOnlyList<(string Name, AddressRange Range)> KernelImage() => platform.Kernel.Image is { } image
        ? [("Kernel code", image.Code), ("Kernel rodata", image.Rodata), ("Kernel data", image.Data), ("Kernel bss", image.Bss)]
        : [];

    private async SimTask ProgramWindowsAsync(Dictionary<uint, List<FoundFunction>> functionsByUid)
    {
        bool locks = platform.Firmware.Decoders == FirmwareDecoders.Locked;
        DecoderProgrammer decoders = new(simulation, bus, locks);
        RestrictedProgrammer restricted = new(bus);
        RegionProgrammer regions = new(bus, platform, decoders, functionsByUid);
        foreach (WindowDescription window in platform.Windows)
        {
            if ((RestrictedTarget(window) is { } uid ? restricted.ProgramRanges(functionsByUid[uid], window.Range, locks) : await regions.ProgramAsync(window)) is { } range)
            {
                _programmed.Add((window, range));
            }
        }
    }

    /// <summary>The CXL 1.1 host bridge that a window belongs to alone; null for any other window.</summary>
    private uint? RestrictedTarget(WindowDescription window) =>
        window.Targets.Count == 1 && platform.HostBridges.Any(bridge => bridge.Uid == window.Targets[0] && bridge.Cxl?.Restricted is not null) ? window.Targets[0] : null;

    private static bool AllowsHotplug(HostBridgeDescription bridge, FoundFunction function) =>
        bridge.RootPorts.Any(port => port.Device == function.Address.Device && port.Function == function.Address.Function && port.Hotplug);
}
