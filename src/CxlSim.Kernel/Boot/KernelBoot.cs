using CxlSim.Core;
using CxlSim.Engine;
using CxlSim.Spec.Acpi;

namespace CxlSim.Kernel;

/// <summary>The kernel's part of each phase of the boot. The order is not decided here but in the machine's boot sequence.</summary>
public sealed class KernelBoot(LinuxKernel kernel)
{
    private readonly NumaInit _numa = new(kernel.Core, kernel.E820, kernel.Tables, kernel.Numa, kernel.Memory);
    private readonly PciScanPhase _pci = new(kernel.Core, kernel.PciBus);
    private readonly EventTimer _timer = new(kernel.Core, kernel.Tables);

    public void MemoryMap() => MemoryMapPhase.Run(kernel.Core, kernel.E820);

    public void NumaNodes()
    {
        kernel.Tables.Load(kernel.Handoff.Rsdp);
        ReadProcessors();
        _numa.Run();
        _timer.Parse();
    }

    /// <summary>Areas for contiguous allocation lie on nodes that are online by now; CXL nodes never are. Then nodes without memory follow.</summary>
    public void ContiguousMemory()
    {
        kernel.Contiguous.Reserve();
        kernel.Memory.CountContiguous();
        _numa.OnlineOthers();
        kernel.Log.Notice($"Kernel command line: {kernel.CommandLine.Text}");
        KnownParameters.NameUnknown(kernel.Core, kernel.Contiguous);
    }

    /// <summary>Devices of the nodes and blocks that the machine starts with.</summary>
    public async SimTask MemoryTiersAsync()
    {
        kernel.Memory.ChooseBlockSize(kernel.E820.MaxAddress);
        kernel.Watermarks.Recompute();
        await kernel.Memory.RegisterBootDevicesAsync();
        kernel.HugePages.ReserveAtBoot();
        await kernel.Cpus.RegisterAsync();
        kernel.Sysfs.Kernel.Directory("mm").Directory("mempolicy").Attach(kernel.Weights);
        kernel.Log.Info($"x86/mm: Memory block size: {kernel.Memory.BlockSize.Bytes >> 20}MB");
    }

    /// <summary>The namespace, then the HMAT, before any driver asks for it.</summary>
    public async SimTask AcpiScanAsync()
    {
        await AcpiScanPhase.RunAsync(kernel.Core, kernel.Tables, kernel.AcpiBus);
        kernel.Hmat.Init();
    }

    /// <summary>Functions and their address space, then what firmware reserved (<c>pcibios_resource_survey</c>).</summary>
    public async SimTask PciScanAsync()
    {
        await kernel.PciBus.RegisterAsync(new PortDriver(kernel.Core, kernel.PciBus));
        await _pci.RunAsync(kernel.AcpiBus);
        _pci.Survey();
        MemoryMapPhase.ReserveLate(kernel.Core, kernel.E820);
        InsertIoApic();
    }

    /// <summary>Soft-reserved ranges that the HMAT has not named are offered to dax_hmem too (<c>drivers/dax/hmem/device.c</c>).</summary>
    public async SimTask SoftReservedFallbackAsync()
    {
        foreach (E820Entry entry in kernel.E820.Entries.Where(entry => entry.Type == E820Type.SoftReserved))
        {
            kernel.Hmem.Register(entry.Range, kernel.Numa.TargetNode(entry.Range.Start));
        }

        if (kernel.Hmem.Active.Any())
        {
            await kernel.PlatformBus.AddAsync(new HmemPlatform(), kernel.Sysfs.Platform);
        }
    }

    public async SimTask LateInitAsync()
    {
        await kernel.Modules.InitBuiltInAsync();
        _timer.Insert();
        _pci.InsertEcam(kernel.Tables);
        await kernel.Tiers.LateInitAsync();
    }

    public async SimTask DriverProbeAsync(IEnumerable<string> modules)
    {
        foreach (string module in modules)
        {
            if (await kernel.Modules.LoadAsync(module) is var error and not Errno.Ok)
            {
                kernel.Log.Warning($"modprobe: module {module}: {error}");
            }
        }
    }

    /// <summary>The first process starts when nothing probes on the side any more: functions first, then the memdevs that they made.</summary>
    public async SimTask ProbesEndAsync()
    {
        await kernel.PciBus.WaitForProbesAsync();
        await kernel.Cxl.Bus.WaitForProbesAsync();
        await kernel.Dax.Bus.WaitForProbesAsync();
    }

    private void ReadProcessors()
    {
        SubtableWalker records = new(kernel.Tables.Find("APIC") ?? [], MadtLocalApic.FirstEntryOffset, SubtableFormat.Common);
        while (records.MoveNext())
        {
            if (records.Type == MadtLocalApic.TypeId
                && BinaryLayout.TryRead(records.Record, out MadtLocalApic cpu)
                && (cpu.Flags & MadtLocalApic.FlagEnabled) != 0)
            {
                kernel.Cpus.Add(cpu.ApicId);
            }
            else if (records.Type == MadtX2Apic.TypeId
                && BinaryLayout.TryRead(records.Record, out MadtX2Apic wide)
                && (wide.Flags & MadtX2Apic.FlagEnabled) != 0
                && wide.X2ApicId <= int.MaxValue)
            {
                kernel.Cpus.Add((int)wide.X2ApicId);
            }
        }

        if (kernel.Cpus.All.Count == 0)
        {
            kernel.Cpus.Add(0); // whatever the table says, one CPU is running this
        }
    }

    private void InsertIoApic()
    {
        int number = 0;
        SubtableWalker records = new(kernel.Tables.Find("APIC") ?? [], MadtLocalApic.FirstEntryOffset, SubtableFormat.Common);
        while (records.MoveNext())
        {
            if (records.Type == MadtIoApic.TypeId && BinaryLayout.TryRead(records.Record, out MadtIoApic ioApic))
            {
                AddressRange registers = AddressRange.Of(new Hpa(ioApic.Address), ByteSize.KiB(1));
                string name = "IOAPIC " + number++.ToString(System.Globalization.CultureInfo.InvariantCulture);
                kernel.Iomem.Insert(new Resource(name, registers, ResourceFlags.Busy));
            }
        }
    }
}
