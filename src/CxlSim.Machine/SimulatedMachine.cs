using CxlSim.Core;
using CxlSim.Engine;
using CxlSim.Hardware;
using CxlSim.Hdm;
using CxlSim.Kernel;
using CxlSim.Platform;

namespace CxlSim.Machine;

/// <summary>A described machine put together: hardware, firmware, kernel, and the loop that drives them. The composition root.</summary>
public sealed class SimulatedMachine
{
    private readonly BootState _state;
    private readonly RegisterMap _registers;
    private HostMemory _memory;
    private SimThread? _bootThread;
    private Action<MemoryAccess>? _accessed;

    /// <param name="platform">What to put together.</param>
    /// <param name="seed">0 probes devices in the order of the bus; any other number is one of the orders that Linux could take.</param>
    public SimulatedMachine(PlatformDescription platform, ulong seed = 0)
    {
        _state = new BootState(new Simulation(seed), platform);
        _memory = _state.Hardware.Memory;
        _registers = new RegisterMap(_state.Hardware, NameOf);
        DeviceActions = new DeviceActions(_state);
        Media = new DeviceMedia(_state);
    }

    /// <summary>Memory is loaded or stored, piece by piece of what one memory answers; costs nothing while nobody listens.</summary>
    public event Action<MemoryAccess>? Accessed
    {
        add
        {
            if (_accessed is null)
            {
                _memory.Accessed += Tell;
            }

            _accessed += value;
        }

        remove
        {
            _accessed -= value;
            if (_accessed is null)
            {
                _memory.Accessed -= Tell;
            }
        }
    }

    /// <summary>Software writes registers, in configuration space or memory-mapped; costs nothing while nobody listens.</summary>
    public event Action<RegisterWrite>? RegisterWritten
    {
        add => _registers.Written += value;
        remove => _registers.Written -= value;
    }

    public PlatformDescription Platform => _state.Platform;

    public Simulation Simulation => _state.Simulation;

    /// <summary>The phase that the boot has reached.</summary>
    public Phase Phase => _state.Phase;

    /// <summary>When the kernel's clock starts; its log counts from there.</summary>
    public SimTime KernelStart => _state.KernelStart;

    /// <summary>The modelled kernel; null before the hand-off.</summary>
    public LinuxKernel? Kernel => _state.Kernel;

    /// <summary>What happens to devices from outside.</summary>
    public DeviceActions DeviceActions { get; }

    /// <summary>The bytes that devices hold.</summary>
    public DeviceMedia Media { get; }

    public IReadOnlyList<DeviceInfo> Devices =>
    [
        .. _state.Hardware.Devices.Select((device, number) => new DeviceInfo(
            number, device.Description.Id, _state.Hardware.AddressOf(device), device.Description.Volatile + device.Description.Persistent, new ByteSize((ulong)device.Media.Touched), device.OffSwitch)),
    ];

    /// <summary>The ACPI tables as they lie in memory now; none before firmware has written them.</summary>
    public IReadOnlyList<FirmwareTable> FirmwareTables => _state.Handoff is null ? [] : new FirmwareTableReader(_state.Hardware).Read(_state.Handoff.Rsdp);

    /// <summary>The CDATs that devices and switches give of themselves.</summary>
    public IReadOnlyList<DeviceTable> DeviceTables => Machine.DeviceTables.Of(Platform);

    /// <summary>What firmware made the tables from; empty before it has written them.</summary>
    public TableSources TableSources => _state.Firmware.TableSources;

    /// <summary>The EFI memory map that the kernel was started with, descriptor after descriptor; empty before the hand-off.</summary>
    public ReadOnlyMemory<byte> EfiMemoryMap => _state.Handoff?.EfiMemoryMap ?? default;

    /// <summary>Where the committed decoders of now send addresses; a snapshot.</summary>
    public AddressRoutes Routes => new(Platform, _state.Kernel, [.. Devices.Select(device => new RouteDevice(device, MemdevOf(device)))], _state.Hardware.Routes);

    /// <summary>A memory path in time over the decoders of now, with nothing under way.</summary>
    public MachineFabric NewFabric() => new(Simulation, Platform, _state.Kernel, Devices, _state.Hardware.Routes);

    /// <summary>The components with their registers, field by field, from the host bridges down; looking changes nothing.</summary>
    public IReadOnlyList<RegisterUnit> RegisterUnits => _registers.Units;

    /// <summary>Boots until nothing is left to do, or until a sink asks the simulation to stop.</summary>
    /// <returns>True where the boot is complete.</returns>
    public bool RunBoot()
    {
        PowerOn();
        if (Simulation.RunUntilIdle())
        {
            EndBoot();
        }

        return Phase == Phase.Running;
    }

    /// <summary>Begins the boot; what follows are events. Does nothing to a machine that is on.</summary>
    public void PowerOn() => _bootThread ??= Simulation.Spawn("boot", () => BootSequence.RunAsync(_state));

    /// <summary>Takes one event of a machine that is on; the boot ends with its last one. False when nothing is left to do.</summary>
    public bool Step()
    {
        if (!Simulation.Step())
        {
            return false;
        }

        if (!Simulation.HasPendingEvents && Simulation.Inbox.IsEmpty)
        {
            EndBoot();
        }

        return true;
    }

    /// <summary>The running kernel hands the machine to the one that is loaded (<c>kernel_kexec</c> in <c>kernel/kexec_core.c</c>); EINVAL where none is. Ends when that one runs.</summary>
    /// <remarks>Called in the loop. No driver of the model has a shutdown callback that would touch decoders or media: all that devices hold stays.</remarks>
    public async SimTask<Errno> KexecAsync()
    {
        if (_state.Kernel?.Sysfs.Kernel.NextKernel is not { } handoff)
        {
            return Errno.EINVAL;
        }

        Simulation.EndOtherThreads();
        _bootThread = Simulation.CurrentThread;
        _state.Handoff = handoff;
        await BootSequence.RunKernelAsync(_state);
        return await SettleAsync();
    }

    /// <summary>The machine is reset: decoders are empty, firmware runs and starts a kernel anew. Ends when that one runs; EIO where it does not come up.</summary>
    /// <param name="keepsMemory">A warm reset: memory keeps its bytes. After a cold one, only what is persistent.</param>
    /// <remarks>Called in the loop.</remarks>
    public async SimTask<Errno> ResetAsync(bool keepsMemory)
    {
        Simulation.EndOtherThreads();
        _bootThread = Simulation.CurrentThread;
        HardwareMachine fresh = _state.Hardware.Reset(keepsMemory);
        if (_accessed is not null)
        {
            _memory.Accessed -= Tell;
            fresh.Memory.Accessed += Tell;
        }

        _memory = fresh.Memory;
        _registers.Follow(fresh);
        _state.Replace(fresh);
        await BootSequence.RunAsync(_state);
        return await SettleAsync();
    }

    /// <summary>Reads memory as a CPU would, through the committed decoders.</summary>
    public BusResult Load(Hpa address, Span<byte> destination) => _memory.Load(address, destination);

    /// <summary>Writes memory as a CPU would, through the committed decoders.</summary>
    public BusResult Store(Hpa address, ReadOnlySpan<byte> source) => _memory.Store(address, source);

    /// <summary>Copies memory as a CPU would, from the first byte to the last: where it begins within what it copies, the bytes in front are repeated.</summary>
    public BusResult Copy(Hpa source, Hpa destination, ByteSize length) => _memory.Copy(source, destination, length);

    /// <summary>Which device and byte an address reaches; null where nothing decodes it.</summary>
    public DataPathTarget? Resolve(Hpa address)
    {
        Translation translation = _state.Hardware.Routes.Translate(address);
        return translation.Outcome == DecodeOutcome.Hit
            ? new DataPathTarget(_state.Hardware.Devices[translation.Device].Description.Id, translation.Address)
            : null;
    }

    /// <summary>What the kernel made of a device; null where it found none. By PCI function: serial numbers may be missing, or one for two.</summary>
    public CxlMemdev? MemdevOf(DeviceInfo device) => MemdevAt(device.Address);

    /// <summary>A kernel that was started in place of another has booted.</summary>
    private async SimTask<Errno> SettleAsync()
    {
        if (_state.Kernel!.HasPanicked)
        {
            return Errno.EIO;
        }

        await _state.Boot.ProbesEndAsync();
        _state.Enter(Phase.Running);
        return Errno.Ok;
    }

    private CxlMemdev? MemdevAt(Bdf? address) => _state.Kernel?.Cxl.Bus.Devices.OfType<CxlMemdev>().FirstOrDefault(memdev => memdev.Pci is { } pci && pci.Address == address);

    private string? NameOf(PciFunction function) => function is Type3Device ? MemdevAt(_state.Hardware.AddressOf(function))?.Name : null;

    private void Tell(Hpa address, int length, bool isWrite) => _accessed?.Invoke(new MemoryAccess(address, Resolve(address), length, isWrite));

    private void EndBoot()
    {
        Check.That(_bootThread!.IsDone, "a boot that comes to its end");
        if (Phase != Phase.Running && _state.Kernel is { HasPanicked: false })
        {
            _state.Enter(Phase.Running);
            Simulation.StopRequested = false; // who asks to stop here has it: a request left over would stop what comes next
        }
    }
}
