using System.Diagnostics;
using Xunit.Abstractions;

namespace CxlSim.Cli.Tests;

/// <summary>Scripts written for a throw-away machine run in the shell. Each test tries to break one of the three rules that keep the host safe.</summary>
public class ShellSafetyTests(ITestOutputHelper output)
{
    /// <summary>First rule: /dev is the command's own.</summary>
    [Fact]
    public void NoDeviceOfTheHost_CanBeReached()
    {
        if (!WindowFixture.IsOpen(output))
        {
            return;
        }

        ProgramResult result = WindowFixture.Shell("qemu-single", """
            for device in /dev/*; do [ -b "$device" ] && echo "block device $device"; done
            ls /dev | tr '\n' ' '; echo
            ls /dev/pts
            dd if=/dev/zero of=/dev/vda bs=512 count=1
            mknod /tmp/cxlsim-mem c 1 1
            mount -t devtmpfs none /mnt
            umount -l /dev
            echo 'one line' > /dev/console && echo taken
            """);

        result.Output.Should().Be("console cxl fd full kmsg media null ptmx pts random shm stderr stdin stdout tty ttyS1 urandom zero \nptmx\ntaken\n");
        result.Error.Should().Contain("failed to open '/dev/vda': Permission denied")
            .And.Contain("mknod: /tmp/cxlsim-mem: Operation not permitted")
            .And.Contain("mount: /mnt: permission denied")
            .And.Contain("umount: /dev: must be superuser to unmount");
        File.Exists("/tmp/cxlsim-mem").Should().BeFalse();
    }

    /// <summary>Two scripts over one tree, both with notes in /tmp, know nothing of each other.</summary>
    [Fact]
    public void TheTmpOfARootTree_IsTheShellsOwn()
    {
        if (!WindowFixture.HasTools(output))
        {
            return;
        }

        WindowFixture.Tools("qemu-single", "ls -A /tmp; echo note > /tmp/cxlsim-note; cat /tmp/cxlsim-note").Output.Should().Be("note\n");
        File.Exists("/tmp/cxlsim-note").Should().BeFalse();
        File.Exists(Path.Combine(WindowFixture.ToolsRoot, "tmp/cxlsim-note")).Should().BeFalse();
    }

    /// <summary>Second rule: no capability that changes the host, also none that a set-user-id program would bring.</summary>
    [Fact]
    public void TheHostsKernel_CannotBeChanged()
    {
        if (!WindowFixture.IsOpen(output))
        {
            return;
        }

        ProgramResult result = WindowFixture.Shell("qemu-single", """
            grep -E '^(CapBnd|CapInh|NoNewPrivs)' /proc/self/status
            echo b > /proc/sysrq-trigger || echo refused
            cat /proc/sys/kernel/printk > /proc/sys/kernel/printk || echo refused
            echo 1 > /proc/sys/vm/drop_caches || echo refused
            /sbin/insmod /dev/null > /dev/null 2>&1 || echo refused
            unshare --mount true || echo refused
            umount /sys/kernel/tracing || echo refused
            ls /sys/kernel/tracing/kprobe_events || echo refused
            kill -9 -1; echo alive
            kill -0 $PPID && echo 'only our own processes'
            """);

        // chown, dac_override, dac_read_search, fowner, fsetid, kill, setgid, setuid and setfcap: what a root shell needs for files and processes of its own.
        result.Output.Should().Be("CapInh:\t0000000000000000\nCapBnd:\t00000000800000ff\nNoNewPrivs:\t1\nrefused\nrefused\nrefused\nrefused\nrefused\nrefused\nrefused\nalive\nonly our own processes\n", result.Error);
    }

    /// <summary>Third rule: whoever answers stays outside of what it answers for. Eight readers, and a server that collects its garbage while they read.</summary>
    [Fact]
    public void TheServer_DoesNotSeeItsOwnMount()
    {
        if (!WindowFixture.IsOpen(output))
        {
            return;
        }

        using Process server = WindowFixture.StartShell("single-device", """
            echo ready; read -r go
            """);
        server.StandardOutput.ReadLine().Should().Be("ready");
        string mounts = File.ReadAllText($"/proc/{server.Id}/mounts");
        server.Kill();
        server.WaitForExit();

        mounts.Should().Contain("cxlsim /sys/firmware fuse", "there the machine is mounted for the command to bind");
        mounts.Split('\n').Except(File.ReadAllLines("/proc/mounts")).Where(line => line.StartsWith("cxlsim ", StringComparison.Ordinal))
            .Should().ContainSingle("nothing of it lies over what the runtime reads");

        ProgramResult result = WindowFixture.Shell("single-device", """
            for reader in 1 2 3 4 5 6 7 8; do timeout 100 find -L /sys/bus/cxl/devices /sys/devices/system/node -maxdepth 2 -type f -exec cat {} + > /dev/null 2>&1 & done
            wait; echo done
            """);
        result.Output.Should().Be("done\n", result.Error);
    }
}
