using CxlSim.Core;

namespace CxlSim.Session.Tests;

/// <summary>poll(2) on attributes: new is what was told of since the last read from the start (<c>fs/kernfs/file.c</c>).</summary>
public class AttributePollTests
{
    private const PollEvents New = PollEvents.Always | PollEvents.Priority | PollEvents.Error;
    private static readonly string[] State = ["sys", "bus", "cxl", "devices", "mem0", "security", "state"];

    private readonly MachineSession _session = Given.Booted();

    [Fact]
    public void A_reader_learns_once_of_each_change()
    {
        OpenedFile file = new KernelTree(_session).Open(State, OpenFlags.Read).File!;
        file.Poll().Should().Be(New, "nobody has read yet");
        Read(file);
        file.Poll().Should().Be(PollEvents.Always);

        _session.Write("/sys/bus/cxl/devices/mem0/security/sanitize", "1").Should().Be(Errno.Ok);

        file.Poll().Should().Be(New, "the sanitize has ended");
        Read(file);
        file.Poll().Should().Be(PollEvents.Always);
    }

    [Fact]
    public void Files_that_never_wait_are_always_ready() =>
        new KernelTree(_session).Open(["proc", "iomem"], OpenFlags.Read).File!.Poll().Should().Be(PollEvents.Always);

    private void Read(OpenedFile file) => _session.Do("read", () => file.ReadAsync(0, 4096)).Error.Should().Be(Errno.Ok);
}
