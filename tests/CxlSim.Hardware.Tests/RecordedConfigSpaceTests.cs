using CxlSim.Core;

namespace CxlSim.Hardware.Tests;

/// <summary>Configuration space against what was recorded of the functions of QEMU 10 (config attributes of 01-single-volatile and 04-switch-4way).</summary>
public class RecordedConfigSpaceTests
{
    private const string Switch = """
        memory: {dram: 2GiB, cpus: 1}
        host_bridges:
          - uid: 5
            bus: 0x10
            root_ports: [{switch: {ports: [{type3: {volatile: 256MiB, serial: 0xabc0}}, {}]}}]
        """;

    private readonly Bench _bench = new(Bench.OneDevice);

    // Kernel and firmware had been at work: CXL.mem is enabled in the recorded control (0x0006), and was not at power-on (0x0002).
    [Theory]
    [InlineData(0x10c, "23008114 981ec303 00001e00 02000000 00000200 00000000 00000000 4b000040 00000000 00000000 00000000 00000000 00000000 00000000 00000000")]
    [InlineData(0x148, "2300c116 981e4002 08000000 00010000 00000000 02030000 00000000 00000000 00000000")]
    [InlineData(0x16c, "2300c117 981e0001 05000306 33000000")]
    [InlineData(0x17c, "2300c119 981e0202 07002600 02002600 ef000000 00000000 00000000 00000000")]
    public void Dvsec_OfTheDevice_IsTheRecordedOne(int offset, string recorded)
    {
        _bench.Settle();
        Bytes(_bench.Machine, Bench.DeviceAt(0), offset, recorded).Should().Be(recorded);
    }

    // QEMU 11 has the mailbox behind the flex bus capability, QEMU 10 within it.
    [Fact]
    public void DoeAndErrorReporting_OfTheDevice_LieWhereQemu11HasThem()
    {
        _bench.Machine.ReadConfig(Bench.DeviceAt(0), 0x19c, 4).Should().Be(0x2001002e);
        _bench.Machine.ReadConfig(Bench.DeviceAt(0), 0x1a0, 4).Should().Be(1);
        const string recorded = "01000200 00000000 00004002 30204600 00000000 00e00000 a0000000";
        Bytes(_bench.Machine, Bench.DeviceAt(0), 0x200, recorded).Should().Be(recorded);
    }

    [Theory]
    [InlineData(0x100, "01008214 00000000 00004002 30204600 00000000 00e00000 a0020000")]
    [InlineData(0x148, "0d000115 5f000000")]
    [InlineData(0x150, "23008117 981e8002 03000000 00000000 00000000 00000000 00000000 00000000 00000000 00000000")]
    [InlineData(0x178, "23008118 981e0001 04000000 01000100")]
    [InlineData(0x188, "2300811a 981e0202 07002600 02002600 ef000000 00000000 00000000 00000000")]
    [InlineData(0x1a8, "23000100 981e4002 08000000 00010000 00000000 00000000 00000000 00000000 00000000")]
    public void ExtendedCapability_OfTheRootPort_IsTheRecordedOne(int offset, string recorded) => Bytes(_bench.Machine, Bench.PortAt(0), offset, recorded).Should().Be(recorded);

    [Theory]
    [InlineData(0x100, "01004215 00000000 00004002 30204600 00000000 00e00000 a0020000")]
    [InlineData(0x154, "2300c117 981e8002 03000100 00000000 00000000 00000000 00000000 00000000 00000000 00000000")]
    [InlineData(0x17c, "2300c119 981e0202 07002700 27002600 ef000000 00000000 00000000 00000000")]
    [InlineData(0x19c, "2300011c 981e4002 08000000 00010000 00000000 00000000 00000000 00000000 00000000")]
    [InlineData(0x1c0, "2e000100 03000000")]
    public void ExtendedCapability_OfTheUpstreamPort_IsTheRecordedOne(int offset, string recorded) =>
        Bytes(OpenSwitch(), new Bdf(0, 0x11, 0, 0), offset, recorded).Should().Be(recorded);

    [Theory]
    [InlineData(0x100, "01008214 00000000 00004002 30204600 00000000 00e00000 a0020000")]
    [InlineData(0x148, "23000117 981e8002 03000000 00000000 00000000 00000000 00000000 00000000 00000000 00000000")]
    [InlineData(0x170, "23000119 981e0202 07002700 02002600 ef000000 00000000 00000000 00000000")]
    [InlineData(0x190, "2300011a 981e0001 04000000 01000100")]
    [InlineData(0x1a0, "23000100 981e4002 08000000 00010000 00000000 00000000 00000000 00000000 00000000")]
    public void ExtendedCapability_OfTheDownstreamPort_IsTheRecordedOne(int offset, string recorded) =>
        Bytes(OpenSwitch(), new Bdf(0, 0x12, 1, 0), offset, recorded).Should().Be(recorded);

    [Fact]
    public void Ids_OfTheSwitchPorts_AreTheRecordedOnes()
    {
        HardwareMachine machine = OpenSwitch();
        machine.ReadConfig(new Bdf(0, 0x11, 0, 0), 0, 4).Should().Be(0xa12819e5);
        machine.ReadConfig(new Bdf(0, 0x12, 0, 0), 0, 4).Should().Be(0xa12919e5);
    }

    // The places of the capabilities of the first 256 bytes, in the order of the recorded lists.
    [Fact]
    public void Capabilities_OfThePorts_LieWhereTheRecordingHasThem()
    {
        HardwareMachine machine = OpenSwitch();
        Capabilities(machine, new Bdf(0, 0x10, 0, 0)).Should().Equal((0x74, 0x10), (0x60, 0x05), (0x40, 0x0d));
        Capabilities(machine, new Bdf(0, 0x11, 0, 0)).Should().Equal((0x90, 0x10), (0x70, 0x05));
        Capabilities(machine, new Bdf(0, 0x12, 0, 0)).Should().Equal((0x90, 0x10), (0x70, 0x05));
    }

    // Link status 0x0105: 32 GT/s, sixteen lanes; 0x2105 where a slot reports that the link is up.
    [Fact]
    public void LinkStatus_IsTheRecordedOne()
    {
        Bench hotplug = new(Bench.OneDevice.Replace("port: 7", "port: 7, hotplug: true", StringComparison.Ordinal));
        _bench.Machine.ReadConfig(Bench.DeviceAt(0), 0x80 + 0x12, 2).Should().Be(0x0105);
        hotplug.Machine.ReadConfig(Bench.PortAt(0), 0x74 + 0x12, 2).Should().Be(0x2105);
    }

    private static HardwareMachine OpenSwitch()
    {
        HardwareMachine machine = new Bench(Switch).Machine;
        machine.WriteConfig(new Bdf(0, 0x10, 0, 0), 0x19, 2, 0x1311); // secondary 11, subordinate 13
        machine.WriteConfig(new Bdf(0, 0x11, 0, 0), 0x19, 2, 0x1312);
        return machine;
    }

    private static string Bytes(HardwareMachine machine, Bdf function, int offset, string like) => string.Join(
        ' ',
        Enumerable.Range(0, (like.Length + 1) / 9).Select(word => Convert.ToHexStringLower(BitConverter.GetBytes(machine.ReadConfig(function, offset + (4 * word), 4)))));

    private static IEnumerable<(int Offset, uint Id)> Capabilities(HardwareMachine machine, Bdf function)
    {
        for (int offset = (int)machine.ReadConfig(function, 0x34, 1); offset != 0; offset = (int)machine.ReadConfig(function, offset + 1, 1))
        {
            yield return (offset, machine.ReadConfig(function, offset, 1));
        }
    }
}
