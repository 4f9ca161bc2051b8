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

    /// <summary>Somebody who stands in it does not hold it up, and who unmounts it ends its server.</summary>
    [Theory]
    [InlineData("kill -TERM $server")]
    [InlineData("kill $inside; wait $inside 2> /dev/null; umount $mount")]
    public void AMountThatIsInUse_Ends(string how)
    {
        if (!WindowFixture.IsOpen(output))
        {
            return;
        }

        using ScratchFolder folder = new();
        string directory = Directory.CreateDirectory(folder["machine"]).FullName;
        ProgramResult result = RealProgram.Shell($"""
            mount={directory}; $0 mount {RealProgram.Platform("qemu-single")} $mount 2> /dev/null & server=$!
            for n in $(seq 100); do [ -d $mount/sys ] && break; sleep 0.1; done
            (cd $mount/sys && exec sleep 60) & inside=$!
            sleep 0.3; {how}
            for n in $(seq 100); do kill -0 $server 2> /dev/null || break; sleep 0.1; done
            if kill -0 $server 2> /dev/null; then echo goes on; kill -KILL $server; fi
            kill $inside 2> /dev/null; wait $server; echo ended with $?
            """);

        result.Output.Should().Be("ended with 0\n", result.Error);
    }

    /// <summary>Nobody, as other users are: he reads nothing of root's mount, and writes to his own as root does to a machine.</summary>
    [Fact]
    public void AMount_IsItsUsersOwn()
    {
        if (!WindowFixture.IsOpen(output) || !Environment.IsPrivilegedProcess)
        {
            output.WriteLine("NOT TESTED: who is not root cannot become somebody else");
            return;
        }

        using ScratchFolder folder = new();
        string mine = Directory.CreateDirectory(folder["mine"]).FullName;
        string his = Directory.CreateDirectory(folder["his"]).FullName;
        string runtime = CopyProgram(folder["program"]);
        const string Nobody = "setpriv --reuid 65534 --regid 65534 --clear-groups env DOTNET_EnableDiagnostics=0 ";
        ProgramResult result = RealProgram.Shell($"""
            chmod 755 {folder["."]}; chown 65534:65534 {his}; cp {RealProgram.Platform("qemu-single")} {folder["p.yaml"]}
            $0 mount {folder["p.yaml"]} {mine} & {Nobody} {runtime} mount {folder["p.yaml"]} {his} &
            for n in $(seq 100); do [ -d {mine}/sys ] && {Nobody} test -d {his}/sys && break; sleep 0.1; done
            {Nobody} cat {mine}/sys/bus/cxl/devices/mem0/serial || echo refused
            {Nobody} cat {his}/sys/bus/cxl/devices/mem0/serial
            {Nobody} sh -c 'echo offline > {his}/sys/devices/system/memory/memory3/state' && {Nobody} cat {his}/sys/devices/system/memory/memory3/state
            grep -E '{folder["."]}.*' /proc/mounts | grep -c 'nosuid,nodev.*user_id=\(0\|65534\),'
            kill %1 %2; wait
            """);

        result.Output.Should().Be("refused\n0xabc0\noffline\n2\n", result.Error);
    }

    [Fact]
    public void AMountPoint_MustBeThere() =>
        RealProgram.Run("mount", RealProgram.Platform("qemu-single"), "/no/such/directory").ShouldBeRefused("cxlsim: /no/such/directory is not a directory");

    /// <summary>The program as another user can read it, whoever built it: the folders above the build are the builder's own.</summary>
    private static string CopyProgram(string folder)
    {
        string built = Path.GetDirectoryName(RealProgram.Executable)!;
        RealProgram.Shell($"cp -r {built} {folder} && chmod -R a+rX {folder}").ExitCode.Should().Be(0);
        return Path.Combine(folder, Path.GetFileName(RealProgram.Executable));
    }

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
