using System.Runtime.InteropServices;
using CxlSim.Core;
using CxlSim.Fuse.Native;
using CxlSim.Kernel;
using CxlSim.Machine;
using CxlSim.Platform;
using CxlSim.Session;
using Microsoft.Win32.SafeHandles;

namespace CxlSim.Fuse.Tests;

/// <summary>A booted machine with one device, and a thread that issues ioctls on the host's null device as if that were its node.</summary>
internal sealed unsafe class IoctlBench : IDisposable
{
    private const string Platform = """
        memory: {dram: 2GiB, cpus: 1}
        host_bridges: [{uid: 5, bus: 0x10, root_ports: [{type3: {volatile: 512MiB, persistent: 512MiB, label_storage: 4KiB}}]}]
        windows: [{size: 4GiB, targets: [5], restrictions: 0xf}]
        """;

    private readonly SafeFileHandle _node = File.OpenHandle("/dev/null", System.IO.FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);

    public IoctlBench()
    {
        MachineSession session = new(new SimulatedMachine(PlatformReader.ReadText(Platform, "test.yaml").Platform!));
        session.Boot().Should().BeTrue();
        Machine = new LiveMachine(session);
    }

    public LiveMachine Machine { get; }

    public void Dispose()
    {
        Machine.Dispose();
        _node.Dispose();
    }

    /// <summary>What one ioctl ends with.</summary>
    public Errno Call(uint request, void* argument, string? memdev = "mem0")
    {
        ulong address = (ulong)argument;
        return (Errno)IoctlListener.Run(Machine, () => Issue(request, (void*)address), (_, descriptor) => descriptor == (int)_node.DangerousGetHandle() ? memdev : null);
    }

    public Errno Send(ref CxlSendCommand send)
    {
        fixed (CxlSendCommand* argument = &send)
        {
            return Call(CxlMemdevIoctl.SendCommand, argument);
        }
    }

    /// <summary>With the node told by its path, as in a shell.</summary>
    public Errno CallOnWhatIsNoNode(uint request, void* argument)
    {
        ulong address = (ulong)argument;
        return (Errno)IoctlListener.Run(Machine, () => Issue(request, (void*)address));
    }

    private int Issue(uint request, void* argument) =>
        LibC.Ioctl(_node.DangerousGetHandle(), request, argument) == 0 ? 0 : Marshal.GetLastPInvokeError();
}
