using CxlSim.Core;
using CxlSim.Engine;
using CxlSim.Hardware;
using CxlSim.Platform;

namespace CxlSim.Firmware.Tests;

/// <summary>A machine whose firmware has run, read back through the bus.</summary>
internal sealed class Board
{
    private Board(string text, string file)
    {
        PlatformReadResult read = PlatformReader.ReadText(text, file);
        read.Diagnostics.Where(finding => finding.Severity == DiagnosticSeverity.Error).Should().BeEmpty();
        Platform = read.Platform!;
        Simulation simulation = new(1);
        Machine = new HardwareMachine(simulation, Platform);
        BoardFirmware firmware = new(simulation, Machine, Platform);
        SimThread thread = simulation.Spawn("firmware", firmware.EnumerateAsync);
        simulation.RunUntilIdle();
        thread.IsDone.Should().BeTrue();
        Handoff = firmware.WriteTables();
        Sources = firmware.TableSources;
    }

    public PlatformDescription Platform { get; }

    public HardwareMachine Machine { get; }

    public BootHandoff Handoff { get; }

    public TableSources Sources { get; }

    public Tables Tables => new(this);

    public static Board Of(string text, string file = "p.yaml") => new(text, file);

    public static Board OfPlatform(string name) => new(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "platforms", name)), name);

    /// <summary><c>0d:00.0</c>, as lspci writes it.</summary>
    public static Bdf Function(string name) => new(
        0,
        Convert.ToByte(name[..2], 16),
        Convert.ToByte(name[3..5], 16),
        Convert.ToByte(name[6..], 16));

    public uint Config(string function, int offset, int width) => Machine.ReadConfig(Function(function), offset, width);

    public ulong Bar(string function, int index)
    {
        uint low = Config(function, 0x10 + (4 * index), 4);
        ulong high = (low & 4) != 0 ? Config(function, 0x14 + (4 * index), 4) : 0;
        return (low & ~0xfUL) | (high << 32);
    }

    public AddressRange? MemoryWindow(string bridge)
    {
        ulong first = (ulong)Config(bridge, 0x20, 2) << 16;
        ulong last = ((ulong)Config(bridge, 0x22, 2) << 16) | 0xfffff;
        return first > last ? null : AddressRange.FromBounds(new Hpa(first), new Hpa(last));
    }

    /// <summary>A decoder of the component whose registers lie in BAR 0 of a function.</summary>
    public DecoderState Decoder(string function, int number = 0) => DecoderState.Read(Machine, new Hpa(Bar(function, 0)), number);

    public DecoderState BridgeDecoder(uint uid, int number = 0) =>
        DecoderState.Read(Machine, Platform.HostBridges.Single(bridge => bridge.Uid == uid).Cxl!.ComponentRegisters, number);

    public byte[] Memory(ulong address, int length)
    {
        byte[] bytes = new byte[length];
        Machine.Load(new Hpa(address), bytes).Should().Be(BusResult.Done);
        return bytes;
    }
}
