using System.Diagnostics;
using Xunit.Abstractions;

namespace CxlSim.Cli.Tests;

/// <summary>A shell inside the machine, with the host's own programs.</summary>
public class ShellTests(ITestOutputHelper output)
{
    [Fact]
    public void TheCommandsExitCode_IsPassedOn()
    {
        if (WindowFixture.IsOpen(output))
        {
            WindowFixture.Shell("qemu-single", "exit 7").ExitCode.Should().Be(7);
            WindowFixture.Shell("qemu-single", "kill -TERM $$").ExitCode.Should().Be(143);
        }
    }

    /// <summary>At a terminal, where no command is given, the shell's own end counts.</summary>
    [Fact]
    public void TheDefaultShellsExitCode_IsPassedOn()
    {
        if (WindowFixture.IsOpen(output))
        {
            RealProgram.Shell($"echo 'exit 5' | script -qec \"$0 shell {RealProgram.Platform("qemu-single")}\" /dev/null").ExitCode.Should().Be(5);
        }
    }

    /// <summary>Empty words are words too.</summary>
    [Fact]
    public void TheCommandsWords_ArriveAsTheyAre()
    {
        if (WindowFixture.IsOpen(output))
        {
            ProgramResult result = RealProgram.Shell($"TMPDIR=/no/such/folder $0 shell {RealProgram.Platform("qemu-single")} -- sh -c 'echo $#' x a '' ''");
            result.Should().Be(new ProgramResult(0, "3\n", ""));
        }
    }

    /// <summary>An event goes to who waits for it, and not to a reader that was interrupted before.</summary>
    [Fact]
    public void InterruptedReaders_TakeNothing()
    {
        if (WindowFixture.IsOpen(output))
        {
            ProgramResult result = WindowFixture.Shell("qemu-single", """
                cd /sys/kernel/tracing; echo 1 > events/cxl/enable
                for n in 1 2 3 4 5 6; do timeout 0.2 cat trace_pipe & timeout 0.2 cat /dev/kmsg > /dev/null & done; wait
                echo 0x1000 > /sys/kernel/debug/cxl/mem0/inject_poison
                timeout 1 cat trace_pipe | grep -c Inject
                """);
            result.Output.Should().Be("1\n", result.Error);
        }
    }

    [Fact]
    public void Modprobe_TakesSeveralModules()
    {
        if (WindowFixture.IsOpen(output))
        {
            ProgramResult result = WindowFixture.Shell("qemu-single", """
                modprobe -r kmem device_dax; echo $?; lsmod | grep -c -e ^kmem -e ^device_dax
                modprobe -a kmem device_dax; echo $?; lsmod | grep -c -e ^kmem -e ^device_dax
                """);
            result.Output.Should().Be("0\n0\n0\n2\n", result.Error);
        }
    }

    [Fact]
    public void Tables_HaveTheirSize()
    {
        if (WindowFixture.IsOpen(output))
        {
            ProgramResult result = WindowFixture.Shell("qemu-single", "cd /sys/firmware/acpi/tables; stat -c %s CEDT; wc -c < CEDT; tar -cf /dev/null CEDT");
            result.Should().Be(new ProgramResult(0, "108\n108\n", ""));
        }
    }

    /// <summary>All that the old kernel ran is killed without a word, and the command begins again in the new one.</summary>
    [Fact]
    public void AnotherKernel_StartsTheCommandAgain()
    {
        if (WindowFixture.IsOpen(output))
        {
            ProgramResult result = WindowFixture.Shell("qemu-single", "if grep -q second /proc/cmdline; then echo second; exit 7; fi; echo first; kexec -l image --append=second; kexec -e; echo never");
            result.Should().Be(new ProgramResult(7, "first\nsecond\n", ""));
        }
    }

    /// <summary>A program that writes into a closed pipe ends quietly, as in any shell.</summary>
    [Fact]
    public void ABrokenPipe_IsASignal()
    {
        if (WindowFixture.IsOpen(output))
        {
            ProgramResult result = WindowFixture.Shell("qemu-single", "yes | head -1; lsmod | head -1");
            result.Output.Should().Be("y\nModule                  Size  Used by\n");
            result.Error.Should().BeEmpty();
        }
    }

    [Fact]
    public void FilesOfTheKernel_AreTheMachines()
    {
        if (!WindowFixture.IsOpen(output))
        {
            return;
        }

        ProgramResult result = WindowFixture.Shell("qemu-single", """
            grep 'CXL Window' /proc/iomem
            cat /sys/bus/cxl/devices/mem0/serial
            grep -c . /proc/zoneinfo /proc/buddyinfo > /dev/null && echo zones
            head -1 /proc/meminfo | tr -s ' 0-9' ' '
            cat /proc/cmdline
            readlink /sys/bus/cxl/devices/mem0/driver
            ls /dev/cxl
            """, "--append", "quiet");

        result.ExitCode.Should().Be(0, result.Error);
        result.Output.Split('\n').Should().HaveElementAt(0, "490000000-58fffffff : CXL Window 0")
            .And.HaveElementAt(1, "0xabc0").And.HaveElementAt(2, "zones").And.HaveElementAt(3, "MemTotal: kB")
            .And.HaveElementAt(4, "console=ttyS0 panic=-1 loglevel=6 printk.time=1 log_buf_len=8M no_hash_pointers quiet")
            .And.HaveElementAt(5, "../../../../../bus/cxl/drivers/cxl_mem").And.HaveElementAt(6, "mem0");
    }

    /// <summary>What a directory says of its entries, which programs that walk a tree go by; ls -p asks for nothing more.</summary>
    [Fact]
    public void Directories_TellTheKindsOfTheirEntries()
    {
        if (WindowFixture.IsOpen(output))
        {
            WindowFixture.Shell("qemu-single", "ls -p /sys/bus/cxl/devices/mem0 | grep -e ram -e driver -e serial; ls -p /dev/cxl").Output.Should().Be("driver\nram/\nserial\nmem0\n");
        }
    }

    [Fact]
    public void Writes_ReturnTheModelsErrno()
    {
        if (!WindowFixture.IsOpen(output))
        {
            return;
        }

        ProgramResult result = WindowFixture.Shell("qemu-single", """
            cd /sys/bus/cxl/devices
            echo region7 > decoder0.0/create_ram_region
            echo region0 > decoder0.0/create_ram_region && ls -d region0
            echo 3 > decoder0.0/start
            cat decoder0.0/delete_region
            touch nothing
            echo region0 > decoder0.0/delete_region && ls -d region0
            """);

        result.Output.Should().Be("region0\n");
        result.Error.Should().Contain("write error: Device or resource busy")
            .And.Contain("decoder0.0/start: Permission denied")
            .And.Contain("decoder0.0/delete_region: Permission denied")
            .And.Contain("cannot touch 'nothing': Permission denied")
            .And.Contain("cannot access 'region0': No such file or directory", "the host forgets what is gone");
    }

    [Fact]
    public void TheLog_IsReadByTheRealDmesg_AndTakesLines()
    {
        if (!WindowFixture.IsOpen(output))
        {
            return;
        }

        ProgramResult result = WindowFixture.Shell("qemu-single", """
            dmesg | head -1
            echo 'hello from user space' > /dev/kmsg
            echo '<3>an error' > /dev/kmsg
            timeout 1 cat /dev/kmsg | tail -2 | cut -d, -f1
            dmesg --level=err | tail -1 | sed 's/\[.*\] //'
            timeout 1 cat /dev/kmsg | wc -l > /tmp/lines; test $(cat /tmp/lines) = $(dmesg | wc -l) && echo all
            """);

        result.Output.Should().Be("[    0.000000] Linux version 6.12 (simulated)\n12\n11\nan error\nall\n", result.Error);
    }

    [Fact]
    public void Modules_ComeAndGo()
    {
        if (!WindowFixture.IsOpen(output))
        {
            return;
        }

        ProgramResult result = WindowFixture.Shell("qemu-single", """
            lsmod | awk '$1 == "kmem" { print $1, $3 }'
            rmmod kmem && lsmod | grep -c '^kmem'
            rmmod kmem
            modprobe no-such-module
            modprobe -q no-such-module; echo $?
            modprobe kmem && lsmod | grep -c '^kmem'
            modinfo dax-hmem kmem | tail -3 | tr -s ' '
            modinfo no-such-module
            rmmod cxl_core libnvdimm
            """);

        result.Output.Should().Be("kmem 0\n0\n1\n1\nname: dax_hmem\nparm: region_idle:N\nname: kmem\n");
        result.Error.Should().Contain("rmmod: ERROR: Module kmem is not currently loaded")
            .And.Contain("modprobe: FATAL: Module no_such_module not found in directory /lib/modules/")
            .And.Contain("modinfo: ERROR: Module no-such-module not found.")
            .And.Contain("rmmod: ERROR: Module cxl_core is builtin.").And.Contain("rmmod: ERROR: Module libnvdimm is in use");
    }

    [Fact]
    public void Sleep_LetsVirtualTimePass()
    {
        if (!WindowFixture.IsOpen(output))
        {
            return;
        }

        ProgramResult result = WindowFixture.Shell("qemu-single", """
            SECONDS=0
            before=$(cut -d. -f1 /proc/uptime)
            sleep 1h 30m 0.5
            after=$(cut -d. -f1 /proc/uptime)
            [ $((after - before)) -ge 5400 ] && [ $((after - before)) -lt 5430 ] && [ $SECONDS -lt 60 ] && echo passed
            sleep soon
            """);

        result.Output.Should().Be("passed\n");
        result.Error.Should().Be("sleep: invalid time interval 'soon'\n");
    }

    [Fact]
    public void StepsOfThePlatform_RunWhenAskedFor()
    {
        if (WindowFixture.IsOpen(output))
        {
            WindowFixture.Shell("qemu-single", "ls /sys/bus/dax/devices").Output.Should().BeEmpty();
            WindowFixture.Shell("qemu-single", "ls /sys/bus/dax/devices", "--steps").Output.Should().Be("dax0.0\n");
        }
    }

    /// <summary>Whatever becomes of the server, no mount and no process stays.</summary>
    [Fact]
    public void NothingIsLeft_AfterAKill()
    {
        if (!WindowFixture.IsOpen(output))
        {
            return;
        }

        string mark = "7" + Environment.ProcessId;
        using Process server = WindowFixture.StartShell("qemu-single", $"echo ready; exec /bin/sleep {mark}");
        server.StandardOutput.ReadLine().Should().Be("ready");
        SpinWait.SpinUntil(() => Processes(mark).Any(), TimeSpan.FromSeconds(10)).Should().BeTrue("it is about to become one");

        server.Kill(entireProcessTree: false);
        server.WaitForExit();

        SpinWait.SpinUntil(() => !Processes(mark).Any(), TimeSpan.FromSeconds(10)).Should().BeTrue("the command dies with its machine");
        File.ReadAllText("/proc/mounts").Should().NotContain(OwnMount);
    }

    [Fact]
    public void WhatCannotBe_IsSaidInClearWords()
    {
        if (!WindowFixture.IsOpen(output))
        {
            return;
        }

        WindowFixture.Shell("qemu-single", "true", "--root", "/no/such/tree").ShouldBeRefused("cxlsim: /no/such/tree is not a directory");
        WindowFixture.Shell("qemu-single", "true", "--bind", "/nowhere:/x", "--root", "/").ShouldBeRefused("cxlsim: cannot show /nowhere: there is no such file or directory");
        RealProgram.Shell("PATH=/nothing $(command -v dotnet) ${0#dotnet } shell " + RealProgram.Platform("qemu-single")).Error.Should().NotContain("at CxlSim");
        RealProgram.Run("shell", RealProgram.Platform("qemu-single"), "--", "/no/such/program").ExitCode.Should().Be(127);
    }

    private const string OwnMount = "cxlsim /sys/firmware fuse";

    private static IEnumerable<string> Processes(string mark) =>
        Directory.EnumerateDirectories("/proc").Where(folder => int.TryParse(Path.GetFileName(folder), out _)).Where(folder => CommandLine(folder) == $"/bin/sleep {mark}");

    private static string CommandLine(string folder)
    {
        try
        {
            return File.ReadAllText(Path.Combine(folder, "cmdline")).Replace('\0', ' ').Trim();
        }
        catch (IOException)
        {
            return string.Empty; // it has ended
        }
    }
}
