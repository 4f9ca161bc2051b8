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
