using System.Diagnostics;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace CxlSim.Fuse.Tests;

/// <summary>Looking into a process that waits: its memory, and what its files are.</summary>
public sealed unsafe class TargetTests
{
    private static readonly int Self = Environment.ProcessId;

    [Fact]
    public void Memory_IsReadAndWrittenWhereItIsMapped()
    {
        byte* page = (byte*)NativeMemory.AllocZeroed(16);
        using TargetMemory memory = TargetMemory.Open(Self)!;

        memory.TryWrite((ulong)page + 4, [1, 2, 3]).Should().BeTrue();
        byte[] read = new byte[5];
        memory.TryRead((ulong)page + 3, read).Should().BeTrue();
        NativeMemory.Free(page);

        read.Should().Equal(0, 1, 2, 3, 0);
        memory.TryRead(8, read).Should().BeFalse();
        memory.TryWrite(8, read).Should().BeFalse();
        memory.TryWrite(0, []).Should().BeTrue("nothing is copied");
    }

    // A write to memory that is gone takes no bytes and gives no error.
    [Fact]
    public void MemoryOfADeadProcess_IsBad()
    {
        using Process child = Process.Start(new ProcessStartInfo("/bin/cat") { RedirectStandardInput = true })!;
        ulong address = Convert.ToUInt64(File.ReadLines($"/proc/{child.Id}/maps").First(line => line.Contains("rw-p", StringComparison.Ordinal)).Split('-')[0], 16);
        using TargetMemory memory = TargetMemory.Open(child.Id)!;
        memory.TryWrite(address, [0]).Should().BeTrue();
        child.Kill();
        child.WaitForExit();

        memory.TryWrite(address, [0]).Should().BeFalse();
        memory.TryRead(address, new byte[1]).Should().BeFalse();
        TargetMemory.Open(child.Id).Should().BeNull();
    }

    [Fact]
    public void File_IsAMemdevOnlyWithTheNodesPathAndNumbers()
    {
        string folder = Directory.CreateTempSubdirectory().FullName;
        Directory.CreateDirectory(folder + "/dev/cxl");
        using SafeFileHandle file = File.OpenHandle(folder + "/dev/cxl/mem0", FileMode.Create, FileAccess.ReadWrite);
        using SafeFileHandle device = File.OpenHandle("/dev/null", FileMode.Open);

        TargetFile.MemdevOf(Self, (int)file.DangerousGetHandle()).Should().BeNull("it is no device");
        TargetFile.MemdevOf(Self, (int)device.DangerousGetHandle()).Should().BeNull("it is not called so");
        TargetFile.MemdevOf(Self, -1).Should().BeNull();
        Directory.Delete(folder, recursive: true);
    }
}
