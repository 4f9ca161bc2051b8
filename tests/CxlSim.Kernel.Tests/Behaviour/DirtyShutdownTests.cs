using CxlSim.Core;
using CxlSim.Session;
using CxlSim.Spec.Cxl;

namespace CxlSim.Kernel.Tests.Behaviour;

/// <summary>The dirty shutdown count of a dimm (fact sheet 20, 1.2 and 7.3): hidden while it is not known, and in kernels before 6.15.</summary>
public class DirtyShutdownTests
{
    private const string Count = "/sys/bus/nd/devices/nmem0/cxl/dirty_shutdown";

    [Theory]
    [InlineData("6.15", "health: {dirty_shutdowns: 10}", "10", 1)]
    [InlineData("6.15", "", null, -1)]
    [InlineData("6.12", "health: {dirty_shutdowns: 10}", null, 0)]
    public void It_is_shown_and_the_device_told_that_it_is_in_use(string version, string keys, string? shown, int state)
    {
        MachineSession session = Given.Booted($$$"""
            memory: {dram: 2GiB, cpus: 2}
            kernel: {version: {{{version}}}}
            host_bridges: [{uid: 12, bus: 0x0c, root_ports: [{at: 00.0, port: 0, type3: {id: d0, persistent: 512MiB, serial: 0xabc0, {{{keys}}} }}]}]
            windows: [{base: 0x490000000, size: 4GiB, targets: [12]}]
            """);

        AttributeValue value = session.Read(Count);

        (value.Error == Errno.Ok ? value.Text : null).Should().Be(shown);
        byte[] answer = [];
        session.Do("state", async () =>
        {
            (Errno error, answer) = await session.Memdev(0xabc0).Mailbox.SendAsync(MailboxOpcode.GetShutdownState, []);
            return error;
        });
        (answer.Length == 0 ? -1 : answer[0]).Should().Be(state);
    }
}
