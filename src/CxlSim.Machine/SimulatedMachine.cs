using CxlSim.Core;
using CxlSim.Engine;
using CxlSim.Firmware;
using CxlSim.Hardware;
using CxlSim.Hdm;
using CxlSim.Kernel;
using CxlSim.Platform;
using CxlSim.Spec.Cxl;

namespace CxlSim.Machine;

/// <summary>A described machine put together: hardware, firmware, kernel, and the loop that drives them. The composition root.</summary>
public sealed class SimulatedMachine
{
    private HardwareMachine _hardware;
    private readonly RegisterMap _registers;
    private BootHandoff? _handoff;
    private LinuxKernel? _kernel;
    private KernelBoot? _boot;
    private SimThread? _bootThread;
    private Action<MemoryAccess>? _accessed;

    /// <param name="platform">What to put together.</param>
    /// <param name="seed">0 probes devices in the order of the bus; any other number is one of the orders that Linux could take.</param>
    public SimulatedMachine(PlatformDescription platform, ulong seed = 0)
    {
        Platform = platform;
        Simulation = new Simulation(seed);
        _hardware = new HardwareMachine(Simulation, platform);
        _registers = new RegisterMap(_hardware, NameOf);
        Firmware = new BoardFirmware(Simulation, _hardware, platform);
    }

    /// <summary>Memory is loaded or stored, piece by piece of what one memory answers; costs nothing while nobody listens.</summary>
    public event Action<MemoryAccess>? Accessed
    {
        add
        {
            if (_accessed is null)
            {
                _hardware.Accessed += Tell;
            }

            _accessed += value;
        }

        remove
        {
            _accessed -= value;
            if (_accessed is null)
            {
                _hardware.Accessed -= Tell;
            }
        }
    }

    /// <summary>Software writes registers, in configuration space or memory-mapped; costs nothing while nobody listens.</summary>
    public event Action<RegisterWrite>? RegisterWritten
    {
        add => _registers.Written += value;
        remove => _registers.Written -= value;
    }

    public PlatformDescription Platform { get; }

    public Simulation Simulation { get; }

    /// <summary>The phase that the boot has reached.</summary>
    public Phase Phase { get; private set; }

    /// <summary>When the kernel's clock starts; its log counts from there.</summary>
    public SimTime KernelStart { get; private set; }

    /// <summary>The modelled kernel; null before the hand-off.</summary>
    public LinuxKernel? Kernel => _kernel;

    public IReadOnlyList<DeviceInfo> Devices =>
    [
        .. _hardware.Devices.Select((device, number) => new DeviceInfo(
            number, device.Description.Id, _hardware.AddressOf(device), device.Description.Volatile + device.Description.Persistent, new ByteSize((ulong)device.Media.Touched), device.OffSwitch)),
    ];

    /// <summary>The ACPI tables as they lie in memory now; none before firmware has written them.</summary>
    public IReadOnlyList<FirmwareTable> FirmwareTables => _handoff is null ? [] : new FirmwareTableReader(_hardware).Read(_handoff.Rsdp);

    /// <summary>The CDATs that devices and switches give of themselves.</summary>
    public IReadOnlyList<DeviceTable> DeviceTables => Machine.DeviceTables.Of(Platform);

    /// <summary>What firmware made the tables from; empty before it has written them.</summary>
    public TableSources TableSources => Firmware.TableSources;

    /// <summary>The EFI memory map that the kernel was started with, descriptor after descriptor; empty before the hand-off.</summary>
    public ReadOnlyMemory<byte> EfiMemoryMap => _handoff?.EfiMemoryMap ?? default;

    /// <summary>Where the committed decoders of now send addresses; a snapshot.</summary>
    public AddressRoutes Routes => new(Platform, _kernel, [.. Devices.Select(device => new RouteDevice(device, MemdevOf(device)))], _hardware.Routes);

    /// <summary>A memory path in time over the decoders of now, with nothing under way.</summary>
    public MachineFabric NewFabric() => new(Simulation, Platform, _kernel, Devices, _hardware.Routes);

    /// <summary>The components with their registers, field by field, from the host bridges down; looking changes nothing.</summary>
    public IReadOnlyList<RegisterUnit> RegisterUnits => _registers.Units;

    internal BoardFirmware Firmware { get; private set; }

    internal KernelBoot Boot => _boot!;

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
    public void PowerOn() => _bootThread ??= Simulation.Spawn("boot", () => BootSequence.RunAsync(this));

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
        if (_kernel?.Sysfs.Kernel.NextKernel is not { } handoff)
        {
            return Errno.EINVAL;
        }

        Simulation.EndOtherThreads();
        _bootThread = Simulation.CurrentThread;
        _handoff = handoff;
        await BootSequence.RunKernelAsync(this);
        return await SettleAsync();
    }

    /// <summary>The machine is reset: decoders are empty, firmware runs and starts a kernel anew. Ends when that one runs; EIO where it does not come up.</summary>
    /// <param name="keepsMemory">A warm reset: memory keeps its bytes. After a cold one, only what is persistent.</param>
    /// <remarks>Called in the loop.</remarks>
    public async SimTask<Errno> ResetAsync(bool keepsMemory)
    {
        Simulation.EndOtherThreads();
        _bootThread = Simulation.CurrentThread;
        HardwareMachine fresh = _hardware.Reset(keepsMemory);
        if (_accessed is not null)
        {
            _hardware.Accessed -= Tell;
            fresh.Accessed += Tell;
        }

        _hardware = fresh;
        _registers.Follow(fresh);
        Firmware = new BoardFirmware(Simulation, fresh, Platform);
        await BootSequence.RunAsync(this);
        return await SettleAsync();
    }

    /// <summary>Reads memory as a CPU would, through the committed decoders.</summary>
    public BusResult Load(Hpa address, Span<byte> destination) => _hardware.Load(address, destination);

    /// <summary>Writes memory as a CPU would, through the committed decoders.</summary>
    public BusResult Store(Hpa address, ReadOnlySpan<byte> source) => _hardware.Store(address, source);

    /// <summary>Copies memory as a CPU would, from the first byte to the last: where it begins within what it copies, the bytes in front are repeated.</summary>
    public BusResult Copy(Hpa source, Hpa destination, ByteSize length) => _hardware.Copy(source, destination, length);

    /// <summary>Which device and byte an address reaches; null where nothing decodes it.</summary>
    public DataPathTarget? Resolve(Hpa address)
    {
        Translation translation = _hardware.Translate(address);
        return translation.Outcome == DecodeOutcome.Hit
            ? new DataPathTarget(_hardware.Devices[translation.Device].Description.Id, translation.Address)
            : null;
    }

    /// <summary>What the kernel made of a device; null where it found none. By PCI function: serial numbers may be missing, or one for two.</summary>
    public CxlMemdev? MemdevOf(DeviceInfo device) => MemdevAt(device.Address);

    /// <summary>Reads a device's media past every decoder. False where there is no such device, or it ends before.</summary>
    public bool TryReadMedia(string device, Dpa address, Span<byte> destination)
    {
        Type3Device? found = _hardware.Devices.FirstOrDefault(candidate => candidate.Description.Id == device);
        ulong capacity = found is null ? 0 : (found.Description.Volatile + found.Description.Persistent).Bytes;
        if (found is null || address.Value > capacity || capacity - address.Value < (ulong)destination.Length)
        {
            return false;
        }

        found.Media.Read(address.Value, destination);
        return true;
    }

    /// <summary>The first byte at or after an address that was stored to, or that was not; null where there is no such byte or device.</summary>
    public Dpa? SeekMedia(string device, Dpa address, bool data) =>
        _hardware.Devices.FirstOrDefault(candidate => candidate.Description.Id == device) is { } found
        && found.Media.Seek(address.Value, data) is { } offset && offset <= (found.Description.Volatile + found.Description.Persistent).Bytes
            ? new Dpa(offset)
            : null;

    /// <summary>Presses the button of a device's slot. ENODEV where it is not plugged in, EOPNOTSUPP where its slot keeps it, EBUSY where somebody has asked for it.</summary>
    public Errno RequestUnplug(string device) => _hardware.RequestUnplug(device);

    /// <summary>A device's link goes down, and the device is gone. ENODEV where it is not plugged in, EOPNOTSUPP where it stands in no hot-plug slot.</summary>
    public Errno DropLink(string device) => _hardware.DropLink(device);

    /// <summary>Puts a device back into its slot. ENODEV where there is no such device, EBUSY where it is not out.</summary>
    public Errno Plug(string device) => _hardware.Plug(device);

    /// <summary>A device's link comes up again. ENODEV where there is no such device, EBUSY where it is not out.</summary>
    public Errno RaiseLink(string device) => _hardware.RaiseLink(device);

    /// <summary>A device finds poison in its media. ENODEV where there is no such device, EINVAL where the lines are none of its own, EEXIST where some are poisoned already.</summary>
    public Errno Poison(string device, ulong start, ulong length) =>
        Find(device)?.Poison.Find(start, length) ?? Errno.ENODEV;

    /// <summary>A device's mailbox answers so from now on. ENODEV where there is no such device.</summary>
    public Errno SetMailbox(string device, MailboxBehaviour behaviour)
    {
        if (Find(device) is not { } found)
        {
            return Errno.ENODEV;
        }

        found.Mailbox.Behave(behaviour);
        return Errno.Ok;
    }

    /// <summary>Something happens to a device, and one of its event logs takes it in. ENODEV where there is no such device.</summary>
    public Errno AddEvent(string device, EventLogKind log, ReadOnlySpan<byte> record)
    {
        if (Find(device) is not { } found)
        {
            return Errno.ENODEV;
        }

        found.Units.Events.Add(log, record);
        return Errno.Ok;
    }

    /// <summary>A device finds a correctable error of its link or memory: a bit of its RAS registers (CXL r3.1 8.2.4.17). ENODEV where there is no such device.</summary>
    public Errno RaiseCorrectable(string device, int bit)
    {
        if (Find(device) is not { } found)
        {
            return Errno.ENODEV;
        }

        found.Components.Ras?.RaiseCorrectable(bit);
        return Errno.Ok;
    }

    /// <summary>A device finds errors that it cannot correct, each with its header. ENODEV where there is no such device.</summary>
    public Errno RaiseUncorrectable(string device, IReadOnlyList<(int Bit, uint[] Header)> errors)
    {
        if (Find(device) is not { } found)
        {
            return Errno.ENODEV;
        }

        foreach ((int bit, uint[] header) in errors)
        {
            found.Components.Ras?.RaiseUncorrectable(bit, header);
        }

        return Errno.Ok;
    }

    /// <summary>Empties the media of all devices.</summary>
    public void ClearMedia()
    {
        foreach (Type3Device device in _hardware.Devices)
        {
            device.Media.Clear();
        }
    }

    /// <summary>Begins a phase; the event after it is the first place where a run can stop in it.</summary>
    internal DelayAwaiter EnterAsync(Phase phase)
    {
        Enter(phase);
        return Simulation.Delay(SimDuration.Zero);
    }

    /// <summary>A kernel that was started in place of another has booted.</summary>
    private async SimTask<Errno> SettleAsync()
    {
        if (_kernel!.HasPanicked)
        {
            return Errno.EIO;
        }

        await Boot.ProbesEndAsync();
        Enter(Phase.Running);
        return Errno.Ok;
    }

    internal void WriteTables() => _handoff = Firmware.WriteTables();

    internal void StartKernel()
    {
        KernelDescription kernel = Platform.Kernel;
        KernelTiming timing = new(
            SimDuration.Nanoseconds(Platform.Timing.StructPageInitNs), SimDuration.Nanoseconds(Platform.Timing.MemoryBlockAddNs),
            SimDuration.Nanoseconds(Platform.Timing.PageMigrationNs));
        KernelStart = Simulation.Now;
        _kernel = new LinuxKernel(Simulation, _hardware, new KernelConfig(kernel.Version, OptionsOf(kernel)), timing, _handoff!);
        _boot = new KernelBoot(_kernel);
    }

    /// <summary>The test modules stand beside the kernel's own, and no option of it builds them: here one says that they are there.</summary>
    private static IReadOnlyDictionary<string, string> OptionsOf(KernelDescription kernel) =>
        kernel.HasCxlTest ? new Dictionary<string, string>(kernel.Config) { [KernelConfig.CxlTest] = "m" } : kernel.Config;

    private Type3Device? Find(string device) => _hardware.Devices.FirstOrDefault(candidate => candidate.Description.Id == device);

    private CxlMemdev? MemdevAt(Bdf? address) => _kernel?.Cxl.Bus.Devices.OfType<CxlMemdev>().FirstOrDefault(memdev => memdev.Pci is { } pci && pci.Address == address);

    private string? NameOf(PciFunction function) => function is Type3Device ? MemdevAt(_hardware.AddressOf(function))?.Name : null;

    private void Tell(Hpa address, int length, bool isWrite) => _accessed?.Invoke(new MemoryAccess(address, Resolve(address), length, isWrite));

    private void EndBoot()
    {
        Check.That(_bootThread!.IsDone, "a boot that comes to its end");
        if (Phase != Phase.Running && _kernel is { HasPanicked: false })
        {
            Enter(Phase.Running);
            Simulation.StopRequested = false; // who asks to stop here has it: a request left over would stop what comes next
        }
    }

    private void Enter(Phase phase)
    {
        Phase = phase;
        Simulation.Trace(new PhaseEntered(phase.ToString()));
    }
}
