using CxlSim.Core;
using CxlSim.Engine;
using CxlSim.Session;

namespace CxlSim.Kernel.Tests.Behaviour;

/// <summary>/sys/class/firmware/memN: an image goes to the slot behind the active one, and is staged (fact sheet 20, 7.6; <c>Documentation/driver-api/firmware/fw_upload.rst</c>).</summary>
public class FirmwareUploadTests
{
    private const string Files = "/sys/class/firmware/mem0/";

    private readonly MachineSession _session = Given.Booted("""
        memory: {dram: 2GiB, cpus: 2}
        host_bridges: [{uid: 12, bus: 0x0c, root_ports: [{at: 00.0, port: 0, type3: {id: d0, volatile: 512MiB, serial: 0xabc0, firmware_slots: 3}}]}]
        windows: [{base: 0x490000000, size: 4GiB, targets: [12]}]
        timing: {firmware_part: 10ms}
        """, out LogSink _);

    private Sysfs Sysfs => _session.Kernel.Sysfs;

    [Fact]
    public void Idle_it_shows_nothing()
    {
        Show("status").Should().Be("idle");
        Show("remaining_size").Should().Be("0");
        Show("loading").Should().Be("0");
        Sysfs.Read(Files + "error").Bytes.Should().BeEmpty();
        _session.Write(Files + "cancel", "1").Should().Be(Errno.ENODEV);
        _session.Write(Files + "cancel", "0").Should().Be(Errno.EINVAL);
        _session.Write(Files + "loading", "0").Should().Be(Errno.Ok);
    }

    // Parts of 2048 - 128 bytes, 10 ms each.
    [Fact]
    public void A_large_image_goes_in_parts()
    {
        byte[] image = new byte[10_000];
        new Random(1).NextBytes(image);
        Upload(image);

        Pass(15);
        Show("status").Should().Be("transferring");
        Show("remaining_size").Should().Be("8080");
        Sysfs.Read(Files + "error").Error.Should().Be(Errno.EBUSY);
        Pass(100);

        Show("status").Should().Be("idle");
        Show("remaining_size").Should().Be("0");
        Sysfs.Read(Files + "error").Bytes.Should().BeEmpty();
        Slots().Should().Be((1, 2));
    }

    [Fact]
    public void A_small_one_goes_at_once()
    {
        Upload([1, 2, 3]);
        Pass(30);
        Show("status").Should().Be("idle");
        Slots().Should().Be((1, 2));
    }

    [Fact]
    public void A_canceled_upload_says_where_it_ended()
    {
        Upload(new byte[10_000]);
        Pass(15);
        Do(() => Sysfs.WriteAsync(Files + "cancel", "1")).Should().Be(Errno.Ok);
        Pass(100);

        Show("status").Should().Be("idle");
        Show("error").Should().Be("transferring:user-abort");
        Show("remaining_size").Should().Be("6160");
        Slots().Should().Be((1, 0));
        Upload(new byte[10_000]);
        Pass(200);
        Sysfs.Read(Files + "error").Bytes.Should().BeEmpty();
        Slots().Should().Be((1, 2));
    }

    [Fact]
    public void While_one_goes_on_another_is_refused()
    {
        Upload(new byte[10_000]);
        Pass(15);
        Do(() => Sysfs.WriteAsync(Files + "data", "x")).Should().Be(Errno.ENODEV);
        Do(() => Sysfs.WriteAsync(Files + "loading", "1")).Should().Be(Errno.Ok);
        Do(() => Sysfs.WriteAsync(Files + "loading", "0")).Should().Be(Errno.EBUSY);
    }

    [Fact]
    public void An_image_that_is_dropped_goes_nowhere()
    {
        _session.Write(Files + "loading", "1");
        Show("loading").Should().Be("1");
        Do(() => Sysfs.WriteAsync(Files + "data", "abc")).Should().Be(Errno.Ok);
        Sysfs.Read(Files + "data").Bytes.Should().Equal((byte)'a', (byte)'b', (byte)'c');
        _session.Write(Files + "loading", "-1");
        Show("loading").Should().Be("0");
        Slots().Should().Be((1, 0));
    }

    [Fact]
    public void It_leaves_with_the_device()
    {
        Upload(new byte[10_000]);
        _session.Write("/sys/bus/pci/drivers/cxl_pci/unbind", "0000:0d:00.0").Should().Be(Errno.Ok);
        Sysfs.Find(Files + "status").Should().BeNull();
        Sysfs.Find("/sys/class/firmware/mem0").Should().BeNull();
    }

    /// <summary>As <c>cxl update-firmware</c> does it: begin, bytes at their offsets, end.</summary>
    private void Upload(byte[] image)
    {
        Do(() => Sysfs.WriteAsync(Files + "loading", "1\n")).Should().Be(Errno.Ok);
        OpenedFile data = new KernelTree(_session).Open(["sys", "class", "firmware", "mem0", "data"], OpenFlags.Write).File!;
        for (int offset = 0; offset < image.Length; offset += 4096)
        {
            int at = offset;
            Do(() => data.WriteAsync(at, image[at..Math.Min(image.Length, at + 4096)])).Should().Be(Errno.Ok);
        }

        Do(() => Sysfs.WriteAsync(Files + "loading", "0\n")).Should().Be(Errno.Ok);
    }

    private string Show(string file) => Sysfs.Read(Files + file).Text;

    private (int Active, int Staged) Slots()
    {
        byte[] info = [];
        _session.Do("info", async () =>
        {
            (Errno error, info) = await _session.Memdev(0xabc0).Mailbox.SendAsync(Spec.Cxl.MailboxOpcode.GetFirmwareInfo, []);
            return error;
        }).Should().Be(Errno.Ok);
        return (info[1] & 7, info[1] >> 3);
    }

    /// <summary>Takes no time by itself: what is set off goes on with <see cref="Pass"/>.</summary>
    private Errno Do(Func<SimTask<Errno>> work)
    {
        Errno error = Errno.ENOSYS;
        _session.Machine.Simulation.Spawn("do", async () => error = await work());
        return error;
    }

    private void Pass(long milliseconds)
    {
        Simulation simulation = _session.Machine.Simulation;
        simulation.Spawn("wait", async () => await simulation.Delay(SimDuration.Milliseconds(milliseconds)));
        simulation.RunWithin(SimDuration.Milliseconds(milliseconds));
    }
}
