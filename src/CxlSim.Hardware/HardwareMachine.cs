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
    /// <summary>What reads give where nothing decodes.</summary>
    private static ReadOnlySpan<byte> Ones => [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff];

    private readonly Simulation _simulation;
    private readonly PlatformDescription _platform;
    private readonly SparseMemory _dram = new();

    /// <summary>An array: enumerating the description's lists would allocate on every access.</summary>
    private readonly AddressRange[] _dramRanges;
    private readonly Hpa _lastDram;
    private readonly SparseMemory[] _media;
    private readonly List<Type3Device> _devices;

    /// <summary>Devices that are out of their slots, and those slots.</summary>
    private readonly Dictionary<CxlPort, Type3Device> _unplugged = [];
    private readonly MmioMap _mmio;
    private readonly MockPlatform? _mocks;
    private IReadOnlyList<HardwareUnit>? _units;
    private RouteTable? _routes;
    private PciFunction? _lastFound;
    private Bdf _lastAddress;

    public HardwareMachine(Simulation simulation, PlatformDescription platform)
    {
        _simulation = simulation;
        _platform = platform;
        _dramRanges = [.. platform.Memory.Nodes.SelectMany(node => node.Ranges)];
        _lastDram = _dramRanges.Select(range => range.Last).DefaultIfEmpty().Max();
        Bridges = [.. platform.HostBridges.Select(bridge => new RootBridge(simulation, bridge, platform.Timing))];
        _devices = [.. Bridges.SelectMany(bridge => bridge.Devices)];
        _media = [.. _devices.Select(device => device.Media)];
        foreach (HdmDecoderBank bank in Bridges.SelectMany(bridge => bridge.PortBanks))
        {
            bank.Changed += () => _routes = null;
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

    /// <summary>Bytes that one memory answers are loaded or stored: the first, how many, whether stored. Costs nothing while nobody listens.</summary>
    public event Action<Hpa, int, bool>? Accessed;

    /// <summary>Software wrote configuration space: where, how many bytes, and what. Costs nothing while nobody listens.</summary>
    public event Action<PciFunction, int, int, uint>? ConfigWritten;

    /// <summary>Software wrote memory-mapped registers: where, 4 or 8 bytes, and what. Costs nothing while nobody listens.</summary>
    public event Action<IRegisterBlock, int, int, ulong>? RegisterWritten;

    public IReadOnlyList<RootBridge> Bridges { get; }

    public IReadOnlyList<Type3Device> Devices => _devices;

    /// <summary>All components with registers; another list after they changed.</summary>
    public IReadOnlyList<HardwareUnit> Units => _units ??= HardwareUnits.Of(Bridges, _mocks);

    public uint ReadConfig(Bdf function, int offset, int width) =>
        IsInConfigSpace(offset, width) && Find(function) is { } found ? found.ReadConfig(offset, width) : (uint)Bits.Mask((width * 8) - 1, 0);

    public void WriteConfig(Bdf function, int offset, int width, uint value)
    {
        if (IsInConfigSpace(offset, width) && Find(function) is { } found)
        {
            Write(found, offset, width, value);
        }
    }

    /// <summary>Writes configuration space past the buses that lead there: for a debugger, which acts on functions without an address too.</summary>
    public void WriteConfig(PciFunction function, int offset, int width, uint value)
    {
        _lastFound = null; // what lies below the function may move
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

    public BusResult Load(Hpa address, Span<byte> destination)
    {
        BusResult result = BusResult.Done;
        while (!destination.IsEmpty)
        {
            if (TryRoute(address, destination.Length, out SparseMemory? memory, out ulong offset, out int count))
            {
                memory!.Read(offset, destination[..count]);
            }
            else
            {
                destination[..count].Fill(0xff);
                result = BusResult.DecodeError;
            }

            Accessed?.Invoke(address, count, false);
            destination = destination[count..];
            address = new Hpa(unchecked(address.Value + (ulong)count));
        }

        return result;
    }

    public BusResult Store(Hpa address, ReadOnlySpan<byte> source)
    {
        BusResult result = BusResult.Done;
        while (!source.IsEmpty)
        {
            if (TryRoute(address, source.Length, out SparseMemory? memory, out ulong offset, out int count))
            {
                memory!.Write(offset, source[..count]);
            }
            else
            {
                result = BusResult.DecodeError;
            }

            Accessed?.Invoke(address, count, true);
            source = source[count..];
            address = new Hpa(unchecked(address.Value + (ulong)count));
        }

        return result;
    }

    /// <summary>
    /// Reads a block and writes it elsewhere, from its first byte to its last: where it begins within what it copies, the bytes in front are repeated. Bytes that
    /// could not be read are written as ones.
    /// </summary>
    public BusResult Copy(Hpa source, Hpa destination, ByteSize length)
    {
        BusResult result = BusResult.Done;
        ulong left = length.Bytes;
        ulong ahead = destination > source ? (destination - source).Bytes : ulong.MaxValue;
        ulong most = Math.Min(ahead, int.MaxValue);
        while (left > 0)
        {
            bool isRead = TryRoute(source, (int)Math.Min(left, most), out SparseMemory? from, out ulong fromOffset, out int count);
            bool isWritten = TryRoute(destination, count, out SparseMemory? to, out ulong toOffset, out count);
            if (isRead && isWritten)
            {
                to!.CopyFrom(from!, fromOffset, toOffset, count);
            }
            else
            {
                result = BusResult.DecodeError;
                count = Math.Min(count, Ones.Length);
                if (isWritten)
                {
                    to!.Write(toOffset, Ones[..count]);
                }
            }

            Accessed?.Invoke(source, count, false);
            Accessed?.Invoke(destination, count, true);
            source = new Hpa(unchecked(source.Value + (ulong)count));
            destination = new Hpa(unchecked(destination.Value + (ulong)count));
            left -= (ulong)count;
        }

        return result;
    }

    /// <summary>The committed decoders of now, compiled.</summary>
    public RouteTable Routes => _routes ??= BuildRoutes();

    /// <summary>Which device and DPA an address reaches now.</summary>
    public Translation Translate(Hpa address) => Routes.Translate(address);

    /// <summary>Where configuration accesses reach a device by the bus numbers of now; null where none do.</summary>
    public Bdf? AddressOf(PciFunction device) =>
        Bridges.Select(bridge => AddressOf(device, bridge.Functions, bridge.Description.Segment, bridge.Description.Bus)).FirstOrDefault(address => address is not null);

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
        _routes = null;
        _lastFound = null;
    }

    private void Listen(Type3Device device)
    {
        device.DecodeChanged += () => _routes = null;
        device.Interrupted += vector => Interrupt(device, vector);
    }

    /// <summary>A function that software has given no bus number cannot be told from others: its messages are lost.</summary>
    private void Interrupt(PciFunction function, int vector)
    {
        if (AddressOf(function) is { } address)
        {
            Interrupted?.Invoke(address, vector);
        }
    }

    private static Bdf? AddressOf(PciFunction wanted, List<PciFunction> functions, ushort segment, byte bus)
    {
        foreach (PciFunction function in functions)
        {
            if (function == wanted)
            {
                return new Bdf(segment, bus, function.Device, function.Function);
            }

            if (function is PciBridge { SecondaryBus: not 0 } bridge && AddressOf(wanted, bridge.Children, segment, bridge.SecondaryBus) is { } found)
            {
                return found;
            }
        }

        return null;
    }

    /// <summary>The piece of memory that holds the first of <paramref name="wanted"/> bytes, and how many of them lie there.</summary>
    private bool TryRoute(Hpa address, int wanted, out SparseMemory? memory, out ulong offset, out int count)
    {
        if (address <= _lastDram && TryFindDram(address, out AddressRange range))
        {
            memory = _dram;
            offset = address.Value;
            count = (int)Math.Min((ulong)wanted, range.Last.Value - address.Value + 1);
            return true;
        }

        Translation translation = Translate(address);
        bool isHit = translation.Outcome == DecodeOutcome.Hit;
        memory = isHit ? _media[translation.Device] : null;
        offset = translation.Address.Value;
        count = isHit ? (int)Math.Min((ulong)wanted, translation.Run.Bytes) : 1;
        return isHit;
    }

    private bool TryFindDram(Hpa address, out AddressRange found)
    {
        foreach (AddressRange range in _dramRanges)
        {
            if (range.Contains(address))
            {
                found = range;
                return true;
            }
        }

        found = default;
        return false;
    }

    private RouteTable BuildRoutes()
    {
        Dictionary<Type3Device, int> numbers = Devices.Select((device, number) => (device, number)).ToDictionary(pair => pair.device, pair => pair.number);
        Dictionary<uint, DecodeNode> bridges = [];
        foreach (RootBridge bridge in Bridges.Where(bridge => bridge.Description.Cxl is not null))
        {
            bridges.TryAdd(bridge.Description.Uid, bridge.ToDecodeNode(device => numbers[device])); // of two with one UID the first
        }

        return RouteTable.Compile(
            [.. _platform.Windows.Select((window, number) => ToDecodeWindow(window, bridges, $"window {number}"))]);
    }

    private static DecodeWindow ToDecodeWindow(WindowDescription window, Dictionary<uint, DecodeNode> bridges, string name) =>
        new(window.Range, window.Granularity, [.. window.Targets.Select(bridges.GetValueOrDefault)], window.XorMaps) { Name = name };

    /// <summary>Software that follows a broken list may ask for anything.</summary>
    private static bool IsInConfigSpace(int offset, int width) => offset >= 0 && offset + width <= PciConfig.Size;

    /// <summary>
    /// Software asks one function many times before it turns to the next. What was found last cannot have moved: functions move only by a
    /// write to a bridge above them, and then that bridge was found last; what comes and goes otherwise makes it forget.
    /// </summary>
    private PciFunction? Find(Bdf address)
    {
        if (_lastFound is null || _lastAddress != address)
        {
            _lastFound = Search(address);
            _lastAddress = address;
        }

        return _lastFound;
    }

    private PciFunction? Search(Bdf address)
    {
        foreach (RootBridge bridge in Bridges)
        {
            if (address.Segment == bridge.Description.Segment && address.Bus >= bridge.Description.Bus && address.Bus <= bridge.Description.LastBus)
            {
                return Find(bridge.Functions, bridge.Description.Bus, address);
            }
        }

        return null;
    }

    private static PciFunction? Find(List<PciFunction> functions, byte bus, Bdf address)
    {
        while (bus != address.Bus)
        {
            PciBridge? next = functions.OfType<PciBridge>().FirstOrDefault(bridge => bridge.ForwardsBus(address.Bus));
            if (next is null)
            {
                return null;
            }

            functions = next.Children;
            bus = next.SecondaryBus;
        }

        return functions.Find(function => function.Device == address.Device && function.Function == address.Function);
    }
}
