using CxlSim.Core;
using CxlSim.Engine;
using CxlSim.Platform;

namespace CxlSim.Hardware.Tests;

/// <summary>A machine on a test bench: one host bridge on bus 0x10, its ports numbered and opened by hand, without firmware.</summary>
internal sealed class Bench
{
    public const ulong Window = 0x1000000000;

    public const string OneDevice = """
        memory: {dram: 2GiB, cpus: 1}
        host_bridges:
          - {uid: 5, bus: 0x10, root_ports: [{at: 00.0, port: 7, type3: {volatile: 1GiB, serial: 0x0123456789abcdef}}]}
        windows: [{base: 0x1000000000, size: 4GiB, targets: [5]}]
        """;

    public const string TwoDevices = """
        memory: {dram: 2GiB, cpus: 1}
        host_bridges:
          - uid: 5
            bus: 0x10
            root_ports: [{at: 00.0, port: 3, type3: {volatile: 1GiB}}, {at: 01.0, port: 9, type3: {volatile: 1GiB}}]
        windows: [{base: 0x1000000000, size: 4GiB, targets: [5]}]
        """;

    private const ulong Mmio = 0xd0000000;
    private const ulong Room = 0x100000;

    /// <param name="text">The machine.</param>
    /// <param name="opens">Numbers and opens a root port per device; a machine without them stays as it is at power-on.</param>
    public Bench(string text, bool opens = true)
    {
        PlatformReadResult read = PlatformReader.ReadText(text, "p.yaml");
        read.Diagnostics.Should().BeEmpty();
        Machine = new HardwareMachine(Simulation, read.Platform!);
        for (byte port = 0; opens && port < Machine.Devices.Count; port++)
        {
            Open(port);
        }
    }

    public Simulation Simulation { get; } = new(1);

    public HardwareMachine Machine { get; }

    public HdmDriver Bridge => new(this, Machine.Bridges[0].Description.Cxl!.ComponentRegisters);

    public static Bdf PortAt(int port) => new(0, 0x10, (byte)port, 0);

    public static Bdf DeviceAt(int port) => new(0, (byte)(0x11 + port), 0, 0);

    public static Hpa RoomOf(int port) => new(Mmio + (Room * (ulong)port));

    public static Hpa ComponentOf(int port) => RoomOf(port);

    public static Hpa RegistersOf(int port) => RoomOf(port) + new ByteSize(0x20000);

    public HdmDriver Device(int port) => new(this, ComponentOf(port));

    public uint Read32(Hpa block, int offset) => (uint)Machine.ReadRegister(block + new ByteSize((ulong)offset), 4);

    public void Write32(Hpa block, int offset, uint value) => Machine.WriteRegister(block + new ByteSize((ulong)offset), 4, value);

    public ulong Load64(ulong address, out BusResult result)
    {
        Span<byte> bytes = stackalloc byte[8];
        result = Machine.Load(new Hpa(address), bytes);
        return BitConverter.ToUInt64(bytes);
    }

    public BusResult Store64(ulong address, ulong value) => Machine.Store(new Hpa(address), BitConverter.GetBytes(value));

    public ulong Media(int device, ulong dpa)
    {
        Span<byte> bytes = stackalloc byte[8];
        Machine.Devices[device].Media.Read(dpa, bytes);
        return BitConverter.ToUInt64(bytes);
    }

    /// <summary>CXL.mem of all devices, bit 2 of the control word in their DVSEC at 0x10c, and their HDM decoders, bit 1 of the global control (CXL r3.1 8.1.3.2, 8.2.4.20.2).</summary>
    public Bench SwitchOn()
    {
        for (int port = 0; port < Machine.Devices.Count; port++)
        {
            Machine.WriteConfig(DeviceAt(port), 0x118, 2, 1 << 2);
            Device(port).Global = 1 << 1;
        }

        return this;
    }

    /// <summary>Lets a second pass: the media is ready then.</summary>
    public void Settle()
    {
        Simulation.Spawn("wait", async () => await Simulation.Delay(SimDuration.Seconds(1)));
        Simulation.RunUntilIdle();
    }

    private void Open(byte port)
    {
        Bdf bridge = PortAt(port);
        Machine.WriteConfig(bridge, 0x18, 1, 0x10);
        Machine.WriteConfig(bridge, 0x19, 1, (uint)(0x11 + port));
        Machine.WriteConfig(bridge, 0x1a, 1, (uint)(0x11 + port));
        Machine.WriteConfig(bridge, 0x20, 2, (uint)(RoomOf(port).Value >> 16));
        Machine.WriteConfig(bridge, 0x22, 2, (uint)(RoomOf(port).Value >> 16));
        Machine.WriteConfig(bridge, 0x04, 2, 6);
        Bdf device = DeviceAt(port);
        Machine.WriteConfig(device, 0x10, 4, (uint)ComponentOf(port).Value);
        Machine.WriteConfig(device, 0x18, 4, (uint)RegistersOf(port).Value);
        Machine.WriteConfig(device, 0x04, 2, 6);
    }
}
