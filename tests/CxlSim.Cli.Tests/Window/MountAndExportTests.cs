using System.Diagnostics;
using Xunit.Abstractions;

namespace CxlSim.Cli.Tests;

/// <summary>The machine's files without a shell: mounted on a directory, or written out.</summary>
public class MountAndExportTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("TERM")]
    [InlineData("KILL")]
    public void AMount_EndsWithItsServer(string signal)
    {
        if (!WindowFixture.IsOpen(output))
        {
            return;
        }

        using ScratchFolder folder = new();
        string directory = Directory.CreateDirectory(folder["machine"]).FullName;
        using Process server = RealProgram.Begin("mount", RealProgram.Platform("qemu-single"), directory);
        server.StandardError.ReadLine().Should().Be($"qemu-single is mounted on {directory}; end with Ctrl-C");

        Cat($"{directory}/sys/bus/cxl/devices/mem0/serial").Should().Be("0xabc0\n");
        Cat($"{directory}/proc/iomem").Should().Contain("490000000-58fffffff : CXL Window 0");
        Process.Start("kill", ["-" + signal, server.Id.ToString()]).WaitForExit();
        server.WaitForExit();

        SpinWait.SpinUntil(() => !File.ReadAllText("/proc/mounts").Contains(directory, StringComparison.Ordinal), TimeSpan.FromSeconds(10)).Should().BeTrue();
    }

    [Fact]
    public void AMountPoint_MustBeThere() =>
        RealProgram.Run("mount", RealProgram.Platform("qemu-single"), "/no/such/directory").ShouldBeRefused("cxlsim: /no/such/directory is not a directory");

    [Fact]
    public void AnExport_IsReadByLsmem()
    {
        using ScratchFolder folder = new();
        ProgramResult export = RealProgram.Run("export", "sysfs", RealProgram.Platform("qemu-single"), folder["tree"], "--steps");

        export.ExitCode.Should().Be(0, export.Error);
        ProgramResult lsmem = RealProgram.Shell($"lsmem --sysroot {folder["tree"]}");
        lsmem.Output.Should().MatchRegex(@"0x0000000490000000-0x00000004afffffff +512M +online +yes +146-149").And.MatchRegex(@"Total online memory: +2\.5G");
        File.ReadAllText(folder["tree/sys/bus/cxl/devices/mem0/serial"]).Should().Be("0xabc0\n", "links are kept");
        File.ReadAllText(folder["tree/proc/iomem"]).Should().Contain("dax0.0");
        new FileInfo(folder["tree/sys/firmware/acpi/tables/CEDT"]).Length.Should().BeGreaterThan(36);
    }

    [Fact]
    public void AnExport_TakesOnlyAnEmptyDirectory()
    {
        using ScratchFolder folder = new();
        folder.Write("mine", "keep");

        RealProgram.Run("export", "sysfs", RealProgram.Platform("qemu-single"), Path.GetDirectoryName(folder["mine"])!)
            .Error.Should().StartWith("cxlsim: the files cannot be written: ").And.Contain("is not an empty directory");
        File.ReadAllText(folder["mine"]).Should().Be("keep");
    }

    /// <summary>By another process: a .NET process that reads its own mount may wait for itself.</summary>
    private static string Cat(string path) => RealProgram.Shell($"cat {path}").Output;
}
