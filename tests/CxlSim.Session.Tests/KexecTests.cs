using System.Text;
using CxlSim.Core;
using CxlSim.Engine;
using CxlSim.Kernel;

namespace CxlSim.Session.Tests;

/// <summary>A second kernel in somebody's hands: it finds what the first has programmed, and every window shows it.</summary>
public class KexecTests
{
    private static readonly Hpa Window = new(0x10_0000_0000);

    [Fact]
    public void Region_IsFoundAgain_WithItsBytes_AndOnlineMemory()
    {
        MachineSession session = Given.Booted(Given.WithDecoders(Given.TwoCards));
        session.Do("create-region: {decoder: decoder0.0, memdevs: [left, right]}").IsAsExpected.Should().BeTrue();
        session.Machine.Store(Window + ByteSize.KiB(4), [0x5a]).Should().Be(BusResult.Done);
        LinuxKernel first = session.Kernel;

        session.Kexec("second").Should().Be(Errno.Ok);

        session.Kernel.Should().NotBeSameAs(first);
        session.Read("/sys/bus/cxl/devices/region0/commit").Text.Should().Be("1");
        session.Read("/sys/bus/cxl/devices/region0/size").Text.Should().Be("0x80000000");
        session.Read("/sys/bus/cxl/devices/region0/uuid").Text.Should().Be("");
        session.Kernel.Log.Lines.Should().Contain(line => line.Text.EndsWith("region sort successful", StringComparison.Ordinal));
        session.Read("/sys/devices/system/memory/memory512/state").Text.Should().Be("online");
        byte[] found = new byte[1];
        session.Machine.Load(Window + ByteSize.KiB(4), found).Should().Be(BusResult.Done);
        found.Should().Equal(0x5a);
        session.CheckPlacement().Should().HaveCount(3).And.OnlyContain(check => check.Found);
    }

    /// <summary>The first kernel left CXL.mem and HDM decoding on and no decoder committed: the second starts from there, as Linux 6.12.107 was seen to do on QEMU.</summary>
    [Fact]
    public void WithoutARegion_TheSecondKernelStartsAfresh()
    {
        MachineSession session = Given.Booted();
        session.Kexec("second").Should().Be(Errno.Ok);
        session.Read("/sys/bus/cxl/devices/region0/commit").Error.Should().Be(Errno.ENOENT);
        session.Read("/sys/bus/cxl/devices/decoder2.0/start").Text.Should().Be("0x0");
        session.Read("/sys/bus/cxl/devices/decoder2.0/locked").Text.Should().Be("0");
        session.Read("/sys/bus/cxl/devices/decoder2.0/interleave_granularity").Text.Should().Be("256");
        session.Do("create-region: {decoder: decoder0.0}").IsAsExpected.Should().BeTrue();
    }

    [Fact]
    public void Kernels_MayFollowOneAnother()
    {
        MachineSession session = Given.WithRegion(Given.WithDecoders(Given.OneCard));
        session.Kexec("second").Should().Be(Errno.Ok);
        session.Kexec("third").Should().Be(Errno.Ok);
        session.Kernel.CommandLine.Text.Should().Be("third");
        session.Read("/sys/bus/cxl/devices/region0/commit").Text.Should().Be("1");
    }

    [Fact]
    public void OverlongCommandLine_IsRefused() => Given.Booted().Kexec(new string('x', 3000)).Should().Be(Errno.EINVAL);

    [Fact]
    public void Files_ShowTheNewKernel()
    {
        MachineSession session = Given.WithRegion();
        using LiveMachine machine = new(session);
        KernelTree tree = new(session);
        Write(machine, tree, "load second=1", "run", "load-kernel").Should().Be(Errno.Ok);
        Read(machine, tree, "sys", "kernel", "kexec_loaded").Should().Be("1\n");

        Write(machine, tree, "1", "run", "start-kernel").Should().Be(Errno.Ok);

        Read(machine, tree, "sys", "kernel", "kexec_loaded").Should().Be("0\n");
        Read(machine, tree, "proc", "cmdline").Should().Be("second=1\n");
        Read(machine, tree, "proc", "iomem").Should().Contain("region0");
        Read(machine, tree, "dev", "kmsg").Should().StartWith("5,0,0,-;Linux version");
        Read(machine, tree, "sys", "bus", "cxl", "devices", "region0", "uuid").Should().Be("\n");
    }

    /// <summary>kexec -e without kexec -l, and a word that the control file does not know.</summary>
    [Theory]
    [InlineData("1", "start-kernel")]
    [InlineData("boot", "load-kernel")]
    public void ControlFiles_RefuseWhatMakesNoSense(string text, string file)
    {
        MachineSession session = Given.Booted();
        using LiveMachine machine = new(session);
        Write(machine, new KernelTree(session), text, "run", file).Should().Be(Errno.EINVAL);
    }

    [Fact]
    public void LoadedKernel_IsUnloadedThroughItsFile()
    {
        MachineSession session = Given.Booted();
        using LiveMachine machine = new(session);
        KernelTree tree = new(session);
        Write(machine, tree, "load", "run", "load-kernel").Should().Be(Errno.Ok);
        Write(machine, tree, "unload", "run", "load-kernel").Should().Be(Errno.Ok);
        Read(machine, tree, "sys", "kernel", "kexec_loaded").Should().Be("0\n");
    }

    /// <summary>Once, before anything of the new kernel can be seen, and not where no kernel is loaded.</summary>
    [Fact]
    public void Processes_EndBeforeTheirKernelDoes()
    {
        MachineSession session = Given.Booted();
        List<string> commandLines = [];
        session.KernelEnds += () => commandLines.Add(session.Kernel.CommandLine.Text);
        string first = session.Kernel.CommandLine.Text;
        using LiveMachine machine = new(session);
        Write(machine, new KernelTree(session), "1", "run", "start-kernel").Should().Be(Errno.EINVAL);
        commandLines.Should().BeEmpty();
        session.Kexec("second").Should().Be(Errno.Ok);
        commandLines.Should().Equal(first);
    }

    [Fact]
    public void OpenFiles_OfTheOldKernel_LeadNowhere()
    {
        MachineSession session = Given.WithRegion();
        using LiveMachine machine = new(session);
        KernelTree tree = new(session);
        session.Do("offline: dax0.0").IsAsExpected.Should().BeTrue();
        session.Write("/sys/bus/dax/drivers/device_dax/new_id", "dax0.0").Should().Be(Errno.Ok);
        session.Write("/sys/bus/dax/drivers/kmem/unbind", "dax0.0").Should().Be(Errno.Ok);
        session.Write("/sys/bus/dax/drivers/device_dax/bind", "dax0.0").Should().Be(Errno.Ok);
        OpenedFile size = Open(machine, tree, "sys", "bus", "cxl", "devices", "region0", "size");
        OpenedFile dax = Open(machine, tree, "dev", "dax0.0");
        OpenedFile log = Open(machine, tree, "dev", "kmsg");

        session.Kexec("second").Should().Be(Errno.Ok);

        Serve(machine, () => size.ReadAsync(0, 64)).Error.Should().Be(Errno.ENODEV);
        Serve(machine, () => dax.ReadAsync(0, 64)).Error.Should().Be(Errno.EIO);
        Serve(machine, () => log.ReadAsync(0, 4096)).Error.Should().Be(Errno.EPIPE);
        Text(Serve(machine, () => log.ReadAsync(0, 4096))).Should().StartWith("5,0,0,-;Linux version");
    }

    /// <summary>Whoever waited for the old kernel's next line must hear that it will not come.</summary>
    [Fact]
    public void WhoWaitsForTheOldKernel_IsAbandoned()
    {
        MachineSession session = Given.Booted();
        using LiveMachine machine = new(session);
        KernelTree tree = new(session);
        bool abandoned = false;
        machine.Post(new ModelRequest<bool>("wait", Waits, _ => { }, () => abandoned = true));
        Write(machine, tree, "load", "run", "load-kernel").Should().Be(Errno.Ok);
        abandoned.Should().BeFalse();
        Write(machine, tree, "1", "run", "start-kernel").Should().Be(Errno.Ok);
        abandoned.Should().BeTrue();
        Read(machine, tree, "proc", "cmdline").Should().Be("\n");

        async SimTask<bool> Waits()
        {
            await session.Kernel.Log.WaitAsync(long.MaxValue);
            return true;
        }
    }

    private static OpenedFile Open(LiveMachine machine, KernelTree tree, params string[] steps) => machine.Look("open", () => tree.Open(steps, OpenFlags.Read).File!);

    private static string Read(LiveMachine machine, KernelTree tree, params string[] steps)
    {
        OpenedFile file = Open(machine, tree, steps);
        return Text(Serve(machine, () => file.ReadAsync(0, 1 << 16)));
    }

    private static Errno Write(LiveMachine machine, KernelTree tree, string text, params string[] steps)
    {
        OpenedFile file = machine.Look("open", () => tree.Open(steps, OpenFlags.Write).File!);
        return machine.Do("write", _ => file.WriteAsync(0, Encoding.UTF8.GetBytes(text + "\n")));
    }

    private static FileBytes Serve(LiveMachine machine, Func<SimTask<FileBytes>> read) => machine.Do("read", _ => read());

    private static string Text(FileBytes bytes) => Encoding.UTF8.GetString(bytes.Bytes.Span);
}
