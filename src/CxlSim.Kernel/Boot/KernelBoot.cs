using CxlSim.Core;
using CxlSim.Engine;
using CxlSim.Spec.Acpi;

namespace CxlSim.Kernel;

/// <summary>The kernel's part of each phase of the boot. The order is not decided here but in the machine's boot sequence.</summary>
public sealed class KernelBoot
{
    private readonly LinuxKernel _kernel;
    private readonly NumaInit _numa;
    private readonly PciScanPhase _pci;
    private readonly EventTimer _timer;

    public KernelBoot(LinuxKernel kernel)
    {
        _kernel = kernel;
        _numa = new NumaInit(kernel.Core, kernel.E820, kernel.Tables, kernel.Numa, kernel.Memory);
        _pci = new PciScanPhase(kernel.Core, kernel.PciBus);
        _timer = new EventTimer(kernel.Core, kernel.Tables);
        kernel.Modules.Provide(ModuleTable.Of(kernel));
    }

    public void MemoryMap() => MemoryMapPhase.Run(_kernel.Core, _kernel.E820);

    public void NumaNodes()
    {
        _kernel.Tables.Load(_kernel.Handoff.Rsdp);
        ReadProcessors();
        _numa.Run();
        _timer.Parse();
    }

    /// <summary>Areas for contiguous allocation lie on nodes that are online by now; CXL nodes never are. Then nodes without memory follow.</summary>
    public void ContiguousMemory()
    {
        _kernel.Contiguous.Reserve();
        _kernel.Memory.CountContiguous();
        _numa.OnlineOthers();
        _kernel.Log.Notice($"Kernel command line: {_kernel.CommandLine.Text}");
        KnownParameters.NameUnknown(_kernel.Core, _kernel.Contiguous);
        _kernel.Memory.Zonelists.BuildAll();
    }

    /// <summary>Devices of the nodes and blocks that the machine starts with.</summary>
    public async SimTask MemoryTiersAsync()
    {
        _kernel.Memory.ChooseBlockSize(_kernel.E820.MaxAddress);
        _kernel.Watermarks.Recompute();
        await _kernel.Memory.RegisterBootDevicesAsync();
        _kernel.HugePages.ReserveAtBoot();
        await _kernel.Cpus.RegisterAsync();
        _kernel.Sysfs.Kernel.Directory("mm").Directory("mempolicy").Attach(_kernel.Weights);
        _kernel.Log.Info($"x86/mm: Memory block size: {_kernel.Memory.BlockSize.Bytes >> 20}MB");
    }

    /// <summary>The namespace, then the HMAT, before any driver asks for it.</summary>
    public async SimTask AcpiScanAsync()
    {
        await AcpiScanPhase.RunAsync(_kernel.Core, _kernel.Tables, _kernel.AcpiBus);
        _kernel.Hmat.Init();
    }

    /// <summary>Functions and their address space, then what firmware reserved (<c>pcibios_resource_survey</c>).</summary>
    public async SimTask PciScanAsync()
    {
        await _kernel.PciBus.RegisterAsync(new PortDriver(_kernel.Core, _kernel.PciBus));
        await _pci.RunAsync(_kernel.AcpiBus, _kernel.Tables);
        _pci.Survey();
        MemoryMapPhase.ReserveLate(_kernel.Core, _kernel.E820);
        InsertIoApic();
    }

    /// <summary>Soft-reserved ranges that the HMAT has not named are offered to dax_hmem too (<c>drivers/dax/hmem/device.c</c>).</summary>
    public async SimTask SoftReservedFallbackAsync()
    {
        foreach (E820Entry entry in _kernel.E820.Entries.Where(entry => entry.Type == E820Type.SoftReserved))
        {
            _kernel.Hmem.Register(entry.Range, _kernel.Numa.TargetNode(entry.Range.Start));
        }

        if (_kernel.Hmem.Active.Any())
        {
            await _kernel.PlatformBus.AddAsync(new HmemPlatform(), _kernel.Sysfs.Platform);
        }
    }

    public async SimTask LateInitAsync()
    {
        await _kernel.Modules.InitBuiltInAsync();
        _timer.Insert();
        _kernel.PciBus.Config.InsertResources();
        await _kernel.Tiers.LateInitAsync();
    }

    public async SimTask DriverProbeAsync(IEnumerable<string> modules)
    {
        foreach (string module in modules)
        {
            if (await _kernel.Modules.LoadAsync(module) is var error and not Errno.Ok)
            {
                _kernel.Log.Warning($"modprobe: module {module}: {error}");
            }
        }
    }

    /// <summary>The first process starts when nothing probes on the side any more: functions first, then the memdevs that they made.</summary>
    public async SimTask ProbesEndAsync()
    {
        await _kernel.PciBus.WaitForProbesAsync();
        await _kernel.Cxl.Bus.WaitForProbesAsync();
        await _kernel.Dax.Bus.WaitForProbesAsync();
    }

    private void ReadProcessors()
    {
        SubtableWalker records = new(_kernel.Tables.Find("APIC") ?? [], MadtLocalApic.FirstEntryOffset, SubtableFormat.Common);
        while (records.MoveNext())
        {
            if (records.Type == MadtLocalApic.TypeId
                && BinaryLayout.TryRead(records.Record, out MadtLocalApic cpu)
                && (cpu.Flags & MadtLocalApic.FlagEnabled) != 0)
            {
                _kernel.Cpus.Add(cpu.ApicId);
            }
            else if (records.Type == MadtX2Apic.TypeId
                && BinaryLayout.TryRead(records.Record, out MadtX2Apic wide)
                && (wide.Flags & MadtX2Apic.FlagEnabled) != 0
                && wide.X2ApicId <= int.MaxValue)
            {
                _kernel.Cpus.Add((int)wide.X2ApicId);
            }
        }

        if (_kernel.Cpus.All.Count == 0)
        {
            _kernel.Cpus.Add(0); // whatever the table says, one CPU is running this
        }
    }

    private void InsertIoApic()
    {
        int number = 0;
        SubtableWalker records = new(_kernel.Tables.Find("APIC") ?? [], MadtLocalApic.FirstEntryOffset, SubtableFormat.Common);
        while (records.MoveNext())
        {
            if (records.Type == MadtIoApic.TypeId && BinaryLayout.TryRead(records.Record, out MadtIoApic ioApic))
            {
                AddressRange registers = AddressRange.Of(new Hpa(ioApic.Address), ByteSize.KiB(1));
                string name = "IOAPIC " + number++.ToString(System.Globalization.CultureInfo.InvariantCulture);
                _kernel.Iomem.Insert(new Resource(name, registers, ResourceFlags.Busy));
            }
        }
    }
}
