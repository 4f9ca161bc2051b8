using System.Diagnostics;
using System.Text;
using CxlSim.Core;
using CxlSim.Kernel;

namespace CxlSim.Fuse.Tests;

/// <summary>The way of an ioctl from a program through the filter to the model and back. It needs a Linux on x86-64 that allows seccomp notification, and no privilege.</summary>
public sealed unsafe class IoctlListenerTests : IDisposable
{
    private const uint Identify = 1;
    private const uint GetLsa = 6;

    /// <summary>The first page is never mapped, and the upper half is the host kernel's.</summary>
    private static readonly ulong[] BadAddresses = [0, 16, 0x7fff_ffff_ffff_fff0, 0xffff_8000_0000_0000, ulong.MaxValue];

    private readonly IoctlBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public void Query_CountsAndThenLists()
    {
        uint* query = stackalloc uint[2 + (25 * 4)];
        _bench.Call(CxlMemdevIoctl.QueryCommands, query).Should().Be(Errno.Ok);
        query[0].Should().Be(25);

        _bench.Call(CxlMemdevIoctl.QueryCommands, query).Should().Be(Errno.Ok);
        new[] { query[0], query[1], query[2], query[6], query[7], query[8], query[9] }
            .Should().Equal([25, 0, 0, 1, 1, 0, 0x43], "command 0 is empty, command 1 is Identify, enabled, with 67 bytes of output");
    }

    [Fact]
    public void Send_WritesOutputSizeAndReturnCode()
    {
        byte* output = stackalloc byte[0x50];
        CxlSendCommand send = new() { Id = Identify, OutputSize = 0x50, OutputPayload = (ulong)output, ReturnCode = 77 };

        _bench.Send(ref send).Should().Be(Errno.Ok);

        (send.ReturnCode, send.OutputSize).Should().Be((0u, 0x43u));
        Encoding.ASCII.GetString(output, 15).Should().Be("BWFW VERSION 00");
    }

    [Fact]
    public void Send_HandsOverTheInput_AndTheDevicesReturnCode()
    {
        byte* output = stackalloc byte[4];
        output[3] = 1;
        uint* input = stackalloc uint[2];
        (input[0], input[1]) = (4096, 4);
        CxlSendCommand send = new() { Id = GetLsa, InputSize = 8, InputPayload = (ulong)input, OutputSize = 4, OutputPayload = (ulong)output };

        _bench.Send(ref send).Should().Be(Errno.Ok);

        (send.ReturnCode, send.OutputSize, output[3]).Should().Be((2u, 4u, (byte)0), "labels end at 4096");
    }

    [Fact]
    public void BadAddresses_AreEfault()
    {
        foreach (ulong bad in BadAddresses)
        {
            _bench.Call(CxlMemdevIoctl.QueryCommands, (void*)bad).Should().Be(Errno.EFAULT);
            _bench.Call(CxlMemdevIoctl.SendCommand, (void*)bad).Should().Be(Errno.EFAULT);
            CxlSendCommand input = new() { Id = GetLsa, InputSize = 8, InputPayload = bad };
            _bench.Send(ref input).Should().Be(Errno.EFAULT);
            CxlSendCommand output = new() { Id = Identify, OutputSize = 0x43, OutputPayload = bad };
            _bench.Send(ref output).Should().Be(Errno.EFAULT);
        }
    }

    // The command is refused before its bad payload is looked at.
    [Theory]
    [InlineData(99, 8, 4, Errno.ENOTTY)]
    [InlineData(GetLsa, 9, 4, Errno.ENOMEM)]
    [InlineData(GetLsa, uint.MaxValue, 4, Errno.EINVAL)]
    [InlineData(10, 8, 0, Errno.EBUSY)]
    public void Refusals_AreTheKernels(uint id, uint inputSize, uint outputSize, Errno error)
    {
        CxlSendCommand send = new() { Id = id, InputSize = inputSize, OutputSize = outputSize };
        _bench.Send(ref send).Should().Be(error);
    }

    [Fact]
    public void DeviceThatIsGone_IsEnxio()
    {
        uint* query = stackalloc uint[2];
        CxlSendCommand send = new() { Id = Identify };
        _bench.Call(CxlMemdevIoctl.QueryCommands, query, "mem7").Should().Be(Errno.ENXIO);
        _bench.Call(CxlMemdevIoctl.SendCommand, &send, "mem7").Should().Be(Errno.ENXIO);
    }

    // The host's own answer for its null device.
    [Fact]
    public void FileThatIsNoMemdev_IsLeftToTheHost()
    {
        uint* query = stackalloc uint[2];
        _bench.CallOnWhatIsNoNode(CxlMemdevIoctl.QueryCommands, query).Should().Be(Errno.ENOTTY);
        query[0].Should().Be(0);
    }

    [Fact]
    public void Processes_InheritTheFilter_AndTheCallerDoesNot()
    {
        int before = Filters(File.ReadAllText("/proc/thread-self/status"));
        int inside = 0;
        IoctlListener.Run(_bench.Machine, () =>
        {
            using Process child = Process.Start(new ProcessStartInfo("/bin/cat", "/proc/self/status") { RedirectStandardOutput = true })!;
            inside = Filters(child.StandardOutput.ReadToEnd());
            child.WaitForExit();
            return child.ExitCode;
        }).Should().Be(0);

        inside.Should().Be(before + 1);
        Filters(File.ReadAllText("/proc/thread-self/status")).Should().Be(before);
    }

    [Fact]
    public void Run_GivesTheResultOrTheFailure()
    {
        IoctlListener.Run(_bench.Machine, () => 7).Should().Be(7);
        FluentActions.Invoking(() => IoctlListener.Run(_bench.Machine, () => throw new IOException("no unshare"))).Should().Throw<IOException>().WithMessage("no unshare");
    }

    private static int Filters(string status) =>
        int.Parse(status.Split('\n').Single(line => line.StartsWith("Seccomp_filters:", StringComparison.Ordinal)).Split('\t')[1], System.Globalization.CultureInfo.InvariantCulture);
}
