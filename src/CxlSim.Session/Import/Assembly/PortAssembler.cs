using CxlSim.Platform;

namespace CxlSim.Session;

/// <summary>Makes the ports, switches and devices below a root bridge of PCI functions.</summary>
internal sealed class PortAssembler(ImportSources sources, DeviceAssembler devices)
{
    private readonly ImportFindings _findings = sources.Findings;

    /// <summary>Buses that were gone into: one that leads to itself is gone into once.</summary>
    private readonly HashSet<(ushort Segment, byte Bus)> _entered = [];

    /// <summary>Functions of the root bus that are ports of CXL.</summary>
    public IReadOnlyList<RootPortDescription> RootPorts(ushort segment, byte bus, bool isCxl)
    {
        _entered.Add((segment, bus));
        List<RootPortDescription> ports = [];
        HashSet<byte> numbers = [];
        foreach (PciFacts function in sources.Pci.OnBus(segment, bus).Where(function => IsPort(function, isCxl)))
        {
            byte number = Number(function, ports.Count, numbers);
            bool hotplug = function.AllowsHotplug ?? false;
            ports.Add(new RootPortDescription(
                function.Address.Device, function.Address.Function, number, hotplug, (ushort)(function.Slot & 0x1fff ?? ports.Count), Child(function)));
        }

        return ports;
    }

    /// <summary>The other functions of the root bus.</summary>
    public IReadOnlyList<PciFunctionDescription> Functions(ushort segment, byte bus, bool isCxl) =>
        [.. sources.Pci.OnBus(segment, bus).Where(function => !IsPort(function, isCxl)).Select(Function).OfType<PciFunctionDescription>()];

    /// <summary>Below a CXL host bridge every bridge is a port; elsewhere only one that speaks CXL.</summary>
    private static bool IsPort(PciFacts function, bool isCxl) => function.IsBridge && (isCxl || function.IsCxl);

    private PciChildDescription? Child(PciFacts port)
    {
        if (port.Secondary is not { } bus || !_entered.Add((port.Address.Segment, bus)))
        {
            return null;
        }

        IReadOnlyList<PciFacts> below = sources.Pci.OnBus(port.Address.Segment, bus);
        PciFacts? first = below.FirstOrDefault(function => function.IsMemoryDevice || function.IsBridge);
        foreach (PciFacts other in below.Where(function => function != first))
        {
            _findings.NotExpressed($"the function {other.Address} below the port {port.Address} is left out: a platform file has one CXL device or switch below a port");
        }

        return first is null ? null
            : first.IsMemoryDevice ? devices.Device(first)
            : Switch(first);
    }

    private SwitchDescription? Switch(PciFacts upstream)
    {
        if (!upstream.IsCxl || upstream.Secondary is not { } bus || !_entered.Add((upstream.Address.Segment, bus)))
        {
            _findings.NotExpressed($"the bridge {upstream.Address} is no switch of CXL; it and what lies below it are left out");
            return null;
        }

        List<DownstreamPortDescription> ports = [];
        HashSet<byte> numbers = [];
        foreach (PciFacts function in sources.Pci.OnBus(upstream.Address.Segment, bus).Where(function => function.IsBridge).Take(32))
        {
            if (function.Address.Device != ports.Count || function.Address.Function != 0)
            {
                _findings.NotExpressed($"the downstream port {function.Address} becomes device {ports.Count} of its bus: a platform file numbers ports of a switch in order");
            }

            ports.Add(new DownstreamPortDescription(Number(function, ports.Count, numbers), Child(function)));
        }

        return new SwitchDescription(devices.DecodersOf(upstream.Address.ToString()), ports);
    }

    private byte Number(PciFacts port, int index, HashSet<byte> taken)
    {
        if (port.PortNumber is null)
        {
            _findings.NotLearnt($"the port number of {port.Address} is not in the capture ('lspci -vvv' as root shows it); its place {index} in the list is written");
        }

        byte number = port.PortNumber ?? (byte)index;
        if (taken.Add(number))
        {
            return number;
        }

        byte free = (byte)Enumerable.Range(0, byte.MaxValue + 1).First(candidate => !taken.Contains((byte)candidate));
        _findings.NotExpressed($"the port number {number} of {port.Address} is there twice below one bridge; {free} is written");
        taken.Add(free);
        return free;
    }

    private PciFunctionDescription? Function(PciFacts function)
    {
        if (function is not { VendorId: { } vendor, DeviceId: { } device, Class: { } classCode })
        {
            _findings.NotLearnt($"ids or class of the function {function.Address} are not in the capture ('lspci -nn' shows them); it is left out");
            return null;
        }

        return new PciFunctionDescription
        {
            Device = function.Address.Device,
            Function = function.Address.Function,
            VendorId = vendor,
            DeviceId = device,
            ClassCode = (classCode << 8) | (function.ProgrammingInterface ?? 0u),
            Bars = function.IsBridge ? [] : Bars(function),
        };
    }

    /// <summary>Those that a platform file can have: powers of two from 128 bytes, a wide one with room for its second register.</summary>
    private static List<BarDescription> Bars(PciFacts function)
    {
        List<BarDescription> bars = [];
        int next = 0;
        foreach ((int index, PciBarFacts bar) in function.Bars)
        {
            ulong most = bar.Is64Bit ? 1UL << 51 : 2UL << 30;
            if (index >= next && index <= (bar.Is64Bit ? 4 : 5) && bar.Size.Bytes >= 128 && bar.Size.Bytes <= most && System.Numerics.BitOperations.IsPow2(bar.Size.Bytes))
            {
                bars.Add(new BarDescription(index, bar.Size, bar.Is64Bit, bar.Prefetchable));
                next = index + (bar.Is64Bit ? 2 : 1);
            }
        }

        return bars;
    }
}
