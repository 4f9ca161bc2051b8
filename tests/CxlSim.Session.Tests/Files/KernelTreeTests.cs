using System.Text;
using CxlSim.Core;
using CxlSim.Kernel;

namespace CxlSim.Session.Tests;

/// <summary>The kernel model as files, without a mount.</summary>
public class KernelTreeTests
{
    private readonly MachineSession _session = Given.WithRegion();
    private readonly KernelTree _tree;

    public KernelTreeTests() => _tree = new KernelTree(_session);

    [Theory]
    [InlineData("/", TreeEntryKind.Directory, 0x1ed)]
    [InlineData("/sys/bus/cxl/devices/mem0", TreeEntryKind.Link, 0x1ff)]
    [InlineData("/sys/bus/cxl/devices/decoder0.0/delete_region", TreeEntryKind.File, 0x80)]
    [InlineData("/sys/bus/cxl/devices/mem0/pmem", TreeEntryKind.Directory, 0x1ed)]
    [InlineData("/sys/dev/char/0:0/subsystem", TreeEntryKind.Link, 0x1ff)]
    [InlineData("/proc/iomem", TreeEntryKind.File, 0x124)]
    [InlineData("/dev/null", TreeEntryKind.CharacterDevice, 0x1b6)]
    [InlineData("/dev/cxl/mem0", TreeEntryKind.CharacterDevice, 0x180)]
    [InlineData("/dev/dax0.0", TreeEntryKind.File, 0x180)]
    [InlineData("/run/sleep", TreeEntryKind.File, 0x1ed)]
    public void Entries_HaveKindAndMode(string path, TreeEntryKind kind, int mode)
    {
        TreeEntry entry = _tree.Find(Steps(path)) ?? default;
        entry.Kind.Should().Be(kind);
        entry.Mode.Should().Be(mode);
    }

    [Theory]
    [InlineData("/nothing")]
    [InlineData("/sys/nothing")]
    [InlineData("/sys/bus/cxl/devices/mem0/serial/below")]
    [InlineData("/proc/kcore")]
    [InlineData("/dev/sda")]
    [InlineData("/dev/cxl/mem1")]
    [InlineData("/dev/media/nothing")]
    public void WhatIsNotThere_IsNotFound(string path)
    {
        _tree.Find(Steps(path)).Should().BeNull();
        _tree.Open(Steps(path), OpenFlags.Read).Error.Should().NotBe(Errno.Ok);
    }

    /// <summary>Every name that a directory lists stands there, all the way down.</summary>
    [Fact]
    public void Listings_AndLookups_Agree()
    {
        int seen = 0;
        Walk([]);
        seen.Should().BeGreaterThan(500);

        void Walk(string[] steps)
        {
            string[] names = [.. _tree.List(steps)!];
            names.Should().OnlyHaveUniqueItems();
            foreach (string name in names)
            {
                TreeEntry? entry = _tree.Find([.. steps, name]);
                entry.Should().NotBeNull("{0}/{1} is listed", string.Join('/', steps), name);
                seen++;
                if (entry!.Value.Kind == TreeEntryKind.Directory)
                {
                    Walk([.. steps, name]);
                }
            }
        }
    }

    [Theory]
    [InlineData("/sys/bus/cxl/devices/decoder0.0/delete_region", OpenFlags.Read)]
    [InlineData("/sys/bus/cxl/devices/decoder0.0/start", OpenFlags.Write)]
    [InlineData("/sys/bus/cxl/devices/decoder0.0/start", OpenFlags.Read | OpenFlags.Write)]
    public void TheModeDecides_AlsoForRoot(string path, OpenFlags flags) => _tree.Open(Steps(path), flags).Error.Should().Be(Errno.EACCES);

    [Fact]
    public void AnOpenAttribute_ShowsOneStateUntilItIsReadFromItsStart()
    {
        OpenedFile file = Open("/sys/devices/system/memory/auto_online_blocks");
        Read(file, 0, 3).Should().Be("onl");
        _session.Write("/sys/devices/system/memory/auto_online_blocks", "offline").Should().Be(Errno.Ok);

        Read(file, 3, 100).Should().Be("ine\n", "the rest of what was shown");
        Read(file, 0, 100).Should().Be("offline\n");
    }

    [Fact]
    public void AnOpenAttribute_OfAnObjectThatIsGone_GivesEnodev()
    {
        OpenedFile file = Open("/sys/bus/cxl/devices/region0/size");
        _session.Write("/sys/bus/cxl/devices/decoder0.0/delete_region", "region0").Should().Be(Errno.Ok);

        Bytes(file, 0, 10).Error.Should().Be(Errno.ENODEV);
        _session.Do("write", () => file.WriteAsync(0, "0\n"u8.ToArray())).Should().Be(Errno.ENODEV);
    }

    [Fact]
    public void TheLog_IsReadRecordByRecord()
    {
        OpenedFile file = Open("/dev/kmsg", OpenFlags.Read | OpenFlags.NonBlocking);
        Read(file, 0, 8192).Should().Be("5,0,0,-;Linux version 6.12 (simulated)\n");
        Bytes(file, 0, 5).Error.Should().Be(Errno.EINVAL, "a record that does not fit is not cut");
        file.Seek(0, data: true).Should().Be((Errno.Ok, 0L));
        Read(file, 0, 8192).Should().StartWith("5,0,0,-;");
        while (Bytes(file, 0, 8192).Error == Errno.Ok)
        {
        }

        Bytes(file, 0, 8192).Error.Should().Be(Errno.EAGAIN);
    }

    /// <summary>As Linux 6.12.107 took and gave them.</summary>
    [Fact]
    public void RecordsOfTheLog_AreEscapedAndShort()
    {
        OpenedFile file = Open("/dev/kmsg", OpenFlags.Read | OpenFlags.NonBlocking);
        while (Bytes(file, 0, 8192).Error == Errno.Ok)
        {
        }

        file.Poll().Should().Be(PollEvents.None);
        Print("tab\there \\x41 back\\slash \u00e4 \u001b[1m end\n").Should().Be(Errno.Ok);
        file.Poll().Should().Be(PollEvents.In | PollEvents.ReadNormal);
        Read(file, 0, 8192).Should().EndWith(@",-;tab\x09here \x5cx41 back\x5cslash \xc3\xa4 \x1b[1m end" + "\n");
        Print("x\n6,5,5,-;forged").Should().Be(Errno.Ok);
        Read(file, 0, 8192).Should().EndWith(@",-;x\x0a6,5,5,-;forged" + "\n");
        Print(new string('a', 1024)).Should().Be(Errno.Ok);
        Print(new string('a', 1025)).Should().Be(Errno.EINVAL);
    }

    /// <summary>A reader that gave up while it waited takes no record away.</summary>
    [Fact]
    public void InterruptedReader_TakesNothing()
    {
        OpenedFile file = Open("/dev/kmsg", OpenFlags.Read);
        for (long last = _session.Kernel.Log.NextSequence; last > 0; last--)
        {
            Bytes(file, 0, 8192).Error.Should().Be(Errno.Ok);
        }

        Errno? answer = null;
        _session.Machine.Simulation.Spawn("read", async () => answer = (await file.ReadAsync(0, 8192, () => true)).Error);
        _session.Machine.Simulation.Settle(Engine.SimDuration.Zero);
        Print("for whoever comes next");
        _session.Machine.Simulation.Settle(Engine.SimDuration.Zero);

        answer.Should().Be(Errno.EINTR);
        Read(file, 0, 8192).Should().EndWith(";for whoever comes next\n");
    }

    private Errno Print(string text) => _session.Do("write", () => Open("/dev/kmsg", OpenFlags.Write).WriteAsync(0, Encoding.UTF8.GetBytes(text)));

    [Theory]
    [InlineData("plain", 4, 8, "plain")]
    [InlineData("<3>bad", 3, 8, "bad")]
    [InlineData("<14>info of user space", 6, 8, "info of user space")]
    [InlineData("<30>a daemon", 6, 24, "a daemon")]
    [InlineData("<x>not a number", 4, 8, "<x>not a number")]
    [InlineData("<>no number is 0", 0, 8, "no number is 0")]
    [InlineData("<300>a large one", 4, 296, "a large one")]
    [InlineData("zero\0behind", 4, 8, "zero")]
    [InlineData("two newlines\n", 4, 8, "two newlines\n")]
    public void ALineWritten_HasItsLevel(string text, int level, int facility, string line)
    {
        _session.Do("write", () => Open("/dev/kmsg", OpenFlags.Write).WriteAsync(0, Encoding.UTF8.GetBytes(text + "\n"))).Should().Be(Errno.Ok);
        KernelLogLine last = _session.Kernel.Log.Lines.Last();
        ((int)last.Level, last.Facility, last.Text).Should().Be((level, facility, line));
    }

    [Theory]
    [InlineData("ZERO", "ok")]
    [InlineData("PEEK card 0x0 4", "00000000")]
    [InlineData("PEEK nothing 0 4", "ERR no device nothing with that many bytes")]
    [InlineData("PEEK card 0x3fffffff 2", "ERR no device card with that many bytes")]
    [InlineData("PEEK card x 2", "ERR a DPA and a length of up to 4096 bytes, decimal or with 0x")]
    [InlineData("PEEK card 0 5000", "ERR a DPA and a length of up to 4096 bytes, decimal or with 0x")]
    [InlineData("", "ERR unknown request; known are ZERO, PEEK DEVICE DPA LENGTH, TIME, QMP {JSON}")]
    public void TheMonitor_Answers(string request, string answer)
    {
        OpenedFile file = Open("/dev/ttyS1", OpenFlags.Read | OpenFlags.Write);
        foreach (string piece in new[] { request, "\n" })
        {
            _session.Do("write", () => file.WriteAsync(0, Encoding.UTF8.GetBytes(piece)));
        }

        Read(file, 0, 100).Should().Be(answer + "\n");
        Read(file, 0, 100).Should().BeEmpty();
    }

    [Fact]
    public void PassTime_TakesNoNonsense()
    {
        foreach (string word in new[] { "", "soon", "-1", "1e9", "NaN", "86401" })
        {
            _session.Do("write", () => Open("/run/pass-time", OpenFlags.Write).WriteAsync(0, Encoding.UTF8.GetBytes(word))).Should().Be(Errno.EINVAL, "'{0}'", word);
        }
    }

    /// <summary>The clock of the simulation ends after about 106 days; a script that sleeps for longer hears of it, and nothing breaks.</summary>
    [Fact]
    public void TimeEnds_WithAnErrno()
    {
        Errno error = Errno.Ok;
        int days = 0;
        while (error == Errno.Ok && days < 200)
        {
            error = _session.Do("write", () => Open("/run/pass-time", OpenFlags.Write).WriteAsync(0, "86400"u8.ToArray()));
            days++;
        }

        (error, days).Should().Be((Errno.ERANGE, 106));
        _session.Read("/sys/bus/cxl/devices/mem0/serial").Error.Should().Be(Errno.Ok);
    }

    private OpenedFile Open(string path, OpenFlags flags = OpenFlags.Read) => _tree.Open(Steps(path), flags).File!;

    private FileBytes Bytes(OpenedFile file, long offset, int count) => _session.Do("read", () => file.ReadAsync(offset, count));

    private string Read(OpenedFile file, long offset, int count) => Encoding.UTF8.GetString(Bytes(file, offset, count).Bytes.Span);

    private static string[] Steps(string path) => path.Split('/', StringSplitOptions.RemoveEmptyEntries);
}
