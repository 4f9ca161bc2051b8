using CxlSim.Core;
using CxlSim.Engine;
using CxlSim.Hdm;
using CxlSim.Platform;
using CxlSim.Spec.Pci;

namespace CxlSim.Hardware;

/// <summary>All hardware of a described machine, as software meets it: through <see cref="IHostBus"/>.</summary>
/// <remarks>Memory obeys the committed registers. Routes are worked out anew after a decoder changed, never from what software believes.</remarks>
public sealed partial class HardwareMachine : IHostBus
{
    private readonly Simulation _simulation;
    private readonly PlatformDescription _platform;
    private readonly List<Type3Device> _devices;

    /// <summary>Devices that are out of their slots, and those slots.</summary>
    private readonly Dictionary<CxlPort, Type3Device> _unplugged = [];
    private readonly FunctionFinder _functions;
    private readonly HostRoutes _routes;
    private readonly MmioMap _mmio;
    private readonly MockPlatform? _mocks;
    private IReadOnlyList<HardwareUnit>? _units;

    public HardwareMachine(Simulation simulation, PlatformDescription platform)
    {
        _simulation = simulation;
        _platform = platform;
        Bridges = [.. platform.HostBridges.Select(bridge => new RootBridge(simulation, bridge, platform.Timing))];
        _devices = [.. Bridges.SelectMany(bridge => bridge.Devices)];
        _functions = new FunctionFinder(Bridges);
        _routes = new HostRoutes(platform.Windows, Bridges, _devices);
        Memory = new HostMemory([.. platform.Memory.Nodes.SelectMany(node => node.Ranges)], _routes, _devices);
        foreach (HdmDecoderBank bank in Bridges.SelectMany(bridge => bridge.PortBanks))
        {
            bank.Changed += _routes.Forget;
        }

        _devices.ForEach(Listen);
        _mocks = platform.Kernel.HasCxlTest ? new MockPlatform(simulation, platform.Timing) : null;
        _mmio = new MmioMap(Bridges, _mocks);
        if (_mocks is not null)
        {
            _mocks.Replaced += _mmio.Invalidate;
            _mocks.Replaced += () => _units = null;
        }

        foreach (RcrbBlock rcrb in Bridges.Select(bridge => bridge.Rcrb).OfType<RcrbBlock>())
        {
            rcrb.Moved += _mmio.Invalidate;
        }

        foreach (CxlPort port in Bridges.SelectMany(bridge => bridge.Functions.OfType<CxlPort>()))
        {
            if (port.Slot is { } slot)
            {
                slot.Interrupted += () => Interrupt(port, 0);
                slot.PoweredOff += () => Eject(port);
                slot.PoweredOn += () => Attach(port);
            }
        }
    }

    public event Action<Bdf, int>? Interrupted;

    /// <summary>Software wrote configuration space: where, how many bytes, and what. Costs nothing while nobody listens.</summary>
    public event Action<PciFunction, int, int, uint>? ConfigWritten;

    /// <summary>Software wrote memory-mapped registers: where, 4 or 8 bytes, and what. Costs nothing while nobody listens.</summary>
    public event Action<IRegisterBlock, int, int, ulong>? RegisterWritten;

    public IReadOnlyList<RootBridge> Bridges { get; }

    public IReadOnlyList<Type3Device> Devices => _devices;

    /// <summary>A device by its name, plugged in or not; null where there is none.</summary>
    public Type3Device? FindDevice(string id) => _devices.Find(device => device.Description.Id == id);

    /// <summary>What a CPU's loads and stores reach.</summary>
    public HostMemory Memory { get; }

    /// <summary>The committed decoders of now, compiled.</summary>
    public RouteTable Routes => _routes.Table;

    /// <summary>All components with registers; another list after they changed.</summary>
    public IReadOnlyList<HardwareUnit> Units => _units ??= HardwareUnits.Of(Bridges, _mocks);

    public uint ReadConfig(Bdf function, int offset, int width) =>
        IsInConfigSpace(offset, width) && _functions.Find(function) is { } found ? found.ReadConfig(offset, width) : (uint)Bits.Mask((width * 8) - 1, 0);

    public void WriteConfig(Bdf function, int offset, int width, uint value)
    {
        if (IsInConfigSpace(offset, width) && _functions.Find(function) is { } found)
        {
            Write(found, offset, width, value);
        }
    }

    /// <summary>Writes configuration space past the buses that lead there: for a debugger, which acts on functions without an address too.</summary>
    public void WriteConfig(PciFunction function, int offset, int width, uint value)
    {
        _functions.Forget(); // what lies below the function may move
        Write(function, offset, width, value);
    }

    public ulong ReadRegister(Hpa address, int width)
    {
        if (!_mmio.TryFind(address, out IRegisterBlock? block, out int offset))
        {
            return Bits.Mask((width * 8) - 1, 0);
        }

        ulong low = block!.Read(offset);
        return width == 8 ? low | ((ulong)block.Read(offset + 4) << 32) : low;
    }

    public void WriteRegister(Hpa address, int width, ulong value)
    {
        if (_mmio.TryFind(address, out IRegisterBlock? block, out int offset))
        {
            Write(block!, offset, width, value);
        }
    }

    /// <summary>Writes a register past the addresses that lead there.</summary>
    public void WriteRegister(IRegisterBlock block, int offset, int width, ulong value) => Write(block, offset, width, value);

    public BusResult Load(Hpa address, Span<byte> destination) => Memory.Load(address, destination);

    public BusResult Store(Hpa address, ReadOnlySpan<byte> source) => Memory.Store(address, source);

    /// <summary>Where configuration accesses reach a device by the bus numbers of now; null where none do.</summary>
    public Bdf? AddressOf(PciFunction device) => _functions.AddressOf(device);

    private void Write(PciFunction function, int offset, int width, uint value)
    {
        uint before = function.DecodeBits(offset, width);
        function.WriteConfig(offset, width, value);
        if (function.DecodeBits(offset, width) != before)
        {
            _mmio.Invalidate(); // something decodes elsewhere now
        }

        ConfigWritten?.Invoke(function, offset, width, value);
    }

    private void Write(IRegisterBlock block, int offset, int width, ulong value)
    {
        block.Write(offset, Bits.Low32(value));
        if (width == 8)
        {
            block.Write(offset + 4, Bits.High32(value));
        }

        RegisterWritten?.Invoke(block, offset, width, value);
    }

    private void Forget()
    {
        _mmio.Invalidate();
        _units = null;
        _routes.Forget();
        _functions.Forget();
    }

    private void Listen(Type3Device device)
    {
        device.DecodeChanged += _routes.Forget;
        device.Interrupted += vector => Interrupt(device, vector);
        device.Errors!.Sent += message => Report(device, message);
    }

    /// <summary>An error message goes up to the root port; an endpoint of the root complex has none.</summary>
    private void Report(Type3Device device, ErrorMessage message)
    {
        CxlPort? root = Bridges.SelectMany(bridge => bridge.Functions.OfType<CxlPort>()).FirstOrDefault(port => port.IsAbove(device));
        if (root?.RootErrors is { } errors && AddressOf(device) is { } source && errors.Receive(message, source))
        {
            Interrupt(root, 0);
        }
    }

    /// <summary>A function that software has given no bus number cannot be told from others: its messages are lost.</summary>
    private void Interrupt(PciFunction function, int vector)
    {
        if (AddressOf(function) is { } address)
        {
            Interrupted?.Invoke(address, vector);
        }
    }

    /// <summary>Software that follows a broken list may ask for anything.</summary>
    private static bool IsInConfigSpace(int offset, int width) => offset >= 0 && offset + width <= PciConfig.Size;
}
