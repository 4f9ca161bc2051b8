using System.Text;

namespace CxlSim.Session.Tests;

/// <summary>Requests to the machine itself, as a hypervisor's monitor answers them.</summary>
public class QmpMonitorTests
{
    private const string Slotted = """
        memory: {dram: 2GiB, cpus: 2}
        host_bridges:
          - {uid: 5, bus: 0x10, root_ports: [{at: 00.0, port: 0, hotplug: true, type3: {id: card, volatile: 1GiB}}]}
        windows: [{base: 0x1000000000, size: 4GiB, targets: [5]}]
        """;

    [Fact]
    public void A_device_is_asked_for_by_its_id()
    {
        MachineSession session = Given.Booted(Slotted);

        Answer(session, """QMP {"execute":"device_del","arguments":{"id":"card"}}""").Should().Be("""{"return": {}}""");
        Answer(session, """QMP {"execute":"device_del","arguments":{"id":"card"}}""")
            .Should().Be("""{"error": {"class": "GenericError", "desc": "device card is on its way out"}}""");
        session.Machine.Simulation.RunUntilIdle();
        session.Kernel.Cxl.Bus.Find("mem0").Should().BeNull();
        Answer(session, """QMP {"execute":"device_del","arguments":{"id":"card"}}""")
            .Should().Be("""{"error": {"class": "DeviceNotFound", "desc": "no device card"}}""");
    }

    [Theory]
    [InlineData("{", "this is no JSON")]
    [InlineData("""{"execute":"\ud800"}""", "this is no JSON")]
    [InlineData("[]", "a request needs 'execute'")]
    [InlineData("""{"execute":"device_del","arguments":1}""", "'arguments' is no object")]
    [InlineData("""{"execute":"device_del"}""", "argument 'id' is missing")]
    [InlineData("""{"execute":"device_del","arguments":{"id":7}}""", "argument 'id' is missing")]
    public void A_request_that_makes_no_sense_is_a_generic_error(string request, string description) =>
        Answer(Given.Booted(Slotted), "QMP " + request)
            .Should().Be($$$"""{"error": {"class": "GenericError", "desc": "{{{description}}}"}}""");

    [Fact]
    public void A_command_that_is_not_there_is_named() => Answer(Given.Booted(Slotted), """QMP {"execute":"a\"b"}""")
        .Should().Be("""{"error": {"class": "CommandNotFound", "desc": "there is no command a\"b"}}""");

    [Theory]
    [InlineData("cxl-inject-general-media-event", "\"log\":\"loud\"", "log")]
    [InlineData("cxl-inject-general-media-event", "\"log\":\"fatal\",\"flags\":1,\"descriptor\":3,\"type\":3,\"transaction-type\":1", "dpa")]
    [InlineData("cxl-inject-general-media-event", "\"log\":\"fatal\",\"flags\":256", "flags")]
    [InlineData("cxl-inject-dram-event", "\"log\":\"fatal\",\"flags\":1,\"dpa\":0,\"descriptor\":3,\"type\":3,\"transaction-type\":1,\"row\":\"two\"", "row")]
    [InlineData("cxl-inject-dram-event", "\"log\":\"fatal\",\"flags\":1,\"dpa\":0,\"descriptor\":3,\"type\":3,\"transaction-type\":1,\"correction-mask\":[-1]", "correction-mask")]
    [InlineData("cxl-inject-memory-module-event", "\"log\":\"fatal\",\"flags\":1", "type")]
    [InlineData("cxl-inject-correctable-error", "\"type\":\"internal\"", "type")]
    [InlineData("cxl-inject-uncorrectable-errors", "\"errors\":7", "errors")]
    [InlineData("cxl-inject-uncorrectable-errors", "\"errors\":[{\"type\":\"nonsense\"}]", "type")]
    public void What_an_event_lacks_is_named(string command, string arguments, string missing) => Answer(
        Given.Booted(Slotted), $"QMP {{\"execute\":\"{command}\",\"arguments\":{{\"path\":\"card\",{arguments}}}}}")
        .Should().Be($$$"""{"error": {"class": "GenericError", "desc": "argument '{{{missing}}}' is missing"}}""");

    // Bits of the RAS registers: address and data parity of CXL.cache are 1 and 0, a CRC threshold is 2; the header is the first error's.
    [Fact]
    public void Errors_stand_in_the_registers()
    {
        MachineSession session = Given.Booted(Slotted);
        const string uncorrectable = """
            QMP {"execute":"cxl-inject-uncorrectable-errors","arguments":{"path":"card","errors":[{"type":"cache-address-parity","header":[3,4]},{"type":"cache-data-parity","header":[0,31]}]}}
            """;

        Answer(session, """QMP {"execute":"cxl-inject-correctable-error","arguments":{"path":"card","type":"crc-threshold"}}""").Should().Be("""{"return": {}}""");
        Answer(session, uncorrectable.Trim()).Should().Be("""{"return": {}}""");

        Core.Hpa ras = session.Kernel.Cxl.Bus.Devices.OfType<Kernel.CxlMemdev>().Single().Components!.Ras!.Value.Start;
        Register(0x00).Should().Be(3);
        Register(0x0c).Should().Be(4);
        (Register(0x14) & 0x3f).Should().Be(1, "the first of them");
        (Register(0x18), Register(0x1c)).Should().Be((3u, 4u));
        Answer(session, """QMP {"execute":"cxl-inject-correctable-error","arguments":{"path":"nobody","type":"crc-threshold"}}""")
            .Should().Be("""{"error": {"class": "DeviceNotFound", "desc": "no device nobody"}}""");

        uint Register(ulong offset) => (uint)session.Kernel.HostBus.ReadRegister(ras + new Core.ByteSize(offset), 4);
    }

    /// <summary>The second serial port: a line in, a line out.</summary>
    private static string Answer(MachineSession session, string line)
    {
        OpenedFile port = new KernelTree(session).Open(["dev", "ttyS1"], OpenFlags.Read | OpenFlags.Write).File!;
        session.Machine.Simulation.Spawn("write", async () => await port.WriteAsync(0, Encoding.UTF8.GetBytes(line + "\n")));
        session.Machine.Simulation.RunWithin(Engine.SimDuration.Seconds(1));
        string answer = string.Empty;
        session.Machine.Simulation.Spawn("read", async () => answer = Encoding.UTF8.GetString((await port.ReadAsync(0, 4096)).Bytes.Span));
        session.Machine.Simulation.RunWithin(Engine.SimDuration.Seconds(1));
        return answer.TrimEnd('\n');
    }
}
