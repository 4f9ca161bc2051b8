using System.Text;
using CxlSim.Core;

namespace CxlSim.Session.Tests;

/// <summary>/sys/kernel/tracing as programs use it.</summary>
public class TracingTreeTests
{
    private const string Poison = "/sys/kernel/debug/cxl/mem0/inject_poison";
    private readonly MachineSession _session = Given.Booted();
    private readonly KernelTree _tree;

    public TracingTreeTests() => _tree = new KernelTree(_session);

    [Fact]
    public void Only_events_that_are_on_are_traced_and_clearing_forgets_them()
    {
        _session.Write(Poison, "0").Should().Be(Errno.Ok);
        Lines("trace").Should().BeEmpty();
        Write("events/cxl/enable", "1").Should().Be(Errno.Ok);
        Read("events/cxl/cxl_poison/enable").Should().Be("1\n");
        _session.Kernel.Tracing.Caller = new Kernel.TraceTask("a-name-of-sixteen", 476);

        _session.Write(Poison, "0x40").Should().Be(Errno.Ok);
        Write("tracing_on", "0").Should().Be(Errno.Ok);
        _session.Write(Poison, "0x80").Should().Be(Errno.Ok);

        Lines("trace").Should().ContainSingle().Which.Should().StartWith(" a-name-of-sixte-476     [000] .....     ").And.Contain(": cxl_poison: memdev=mem0 ");
        Write("trace", "\n").Should().Be(Errno.Ok);
        Lines("trace").Should().BeEmpty();
    }

    /// <summary>What is written takes the place of what was chosen; what is appended comes to it.</summary>
    [Fact]
    public void Events_are_chosen_by_words()
    {
        Read("available_events").Split('\n').Should().Contain(["cxl:cxl_poison", "cxl:cxl_aer_correctable_error", "ras:aer_event", "ras:memory_failure_event"]);
        Write("set_event", "ras:\n").Should().Be(Errno.Ok);
        Read("set_event").Should().Be("ras:memory_failure_event\nras:aer_event\n");
        Write("set_event", "cxl_poison !ras:aer_event", OpenFlags.Append).Should().Be(Errno.Ok);
        Read("set_event").Should().Be("cxl:cxl_poison\nras:memory_failure_event\n");
        Write("set_event", "cxl:cxl_dram nothing", OpenFlags.Append).Should().Be(Errno.EINVAL);
        Read("events/cxl/cxl_dram/enable").Should().Be("1\n");
        Write("set_event", "*", OpenFlags.Append).Should().Be(Errno.EINVAL);
        Write("set_event", "!*:*", OpenFlags.Append).Should().Be(Errno.Ok);
        Read("set_event").Should().BeEmpty();
        Write("set_event", "\n").Should().Be(Errno.Ok);
        Read("set_event").Should().BeEmpty();
    }

    [Theory]
    [InlineData("2")]
    [InlineData("yes")]
    public void Switches_take_nothing_but_0_and_1(string value) => Write("events/enable", value).Should().Be(Errno.EINVAL);

    [Fact]
    public void An_instance_is_a_directory_that_anybody_makes()
    {
        string[] place = ["sys", "kernel", "tracing", "instances", "cxl list"];
        _tree.MakeDirectory(place).Should().Be(Errno.Ok);
        _tree.MakeDirectory(place).Should().Be(Errno.EEXIST);
        Write("instances/cxl list/events/cxl/cxl_poison/enable", "1").Should().Be(Errno.Ok);

        _session.Write(Poison, "0x40").Should().Be(Errno.Ok);

        Lines("trace").Should().BeEmpty();
        Lines("instances/cxl list/trace").Should().HaveCount(1);
        _tree.RemoveDirectory(place).Should().Be(Errno.Ok);
        _tree.Find(place).Should().BeNull();
        _tree.RemoveDirectory(place).Should().Be(Errno.ENOENT);
        _tree.MakeDirectory(["sys", "kernel", "tracing", "elsewhere"]).Should().Be(Errno.EPERM);
        _tree.MakeDirectory(["dev", "elsewhere"]).Should().Be(Errno.EPERM);
    }

    // The offsets are those of the recorded format of cxl_poison.
    [Fact]
    public void A_page_of_the_raw_pipe_holds_one_event_that_its_format_explains()
    {
        Write("events/cxl/enable", "1");
        _session.Kernel.Tracing.Caller = new Kernel.TraceTask("wr", 476);
        _session.Write(Poison, "0x1000").Should().Be(Errno.Ok);

        byte[] page = ReadBytes("per_cpu/cpu0/trace_pipe_raw");

        page.Should().HaveCount(4096);
        int length = BitConverter.ToInt32(page, 20);
        BitConverter.ToInt64(page, 8).Should().Be(length + 4);
        byte[] record = page[24..(20 + length)];
        BitConverter.ToUInt16(record, 0).Should().Be(1294);
        BitConverter.ToInt32(record, 4).Should().Be(476);
        uint name = BitConverter.ToUInt32(record, 8);
        Encoding.ASCII.GetString(record, (int)(name & 0xffff), (int)(name >> 16)).Should().Be("mem0\0");
        record[24].Should().Be(1);
        BitConverter.ToUInt64(record, 40).Should().Be(ulong.MaxValue);
        BitConverter.ToUInt64(record, 48).Should().Be(0x1000);
        BitConverter.ToUInt32(record, 56).Should().Be(64);
        Read("events/cxl/cxl_poison/format").Should().StartWith("name: cxl_poison\nID: 1294\nformat:\n\tfield:unsigned short common_type;\toffset:0;\tsize:2;\tsigned:0;\n")
            .And.Contain("\tfield:__data_loc char[] memdev;\toffset:8;\tsize:4;\tsigned:0;\n").And.Contain("\tfield:char uuid[16];\toffset:60;\tsize:16;\tsigned:0;\n");
        ReadBytes("per_cpu/cpu0/trace_pipe_raw").Should().BeEmpty();
        ReadBytes("per_cpu/cpu1/trace_pipe_raw").Should().BeEmpty();
    }

    // A monitor waits with poll(2) for the one and then reads the other.
    [Fact]
    public void The_pipe_takes_events_out_and_is_ready_while_there_are_some()
    {
        Write("events/cxl/enable", "1");
        OpenedFile pipe = _tree.Open(Steps("trace_pipe"), OpenFlags.Read | OpenFlags.NonBlocking).File!;
        OpenedFile raw = _tree.Open(Steps("per_cpu/cpu0/trace_pipe_raw"), OpenFlags.Read).File!;
        pipe.Poll().Should().Be(PollEvents.None);
        raw.Poll().Should().Be(PollEvents.None);
        _session.Do("read", () => pipe.ReadAsync(0, 4096)).Error.Should().Be(Errno.EAGAIN);

        _session.Write(Poison, "0x1000").Should().Be(Errno.Ok);

        pipe.Poll().Should().Be(PollEvents.In | PollEvents.ReadNormal);
        raw.Poll().Should().Be(PollEvents.In | PollEvents.ReadNormal);
        string first = Encoding.UTF8.GetString(_session.Do("read", () => pipe.ReadAsync(0, 20)).Bytes.Span);
        (first + Encoding.UTF8.GetString(_session.Do("read", () => pipe.ReadAsync(0, 4096)).Bytes.Span)).Should().Contain(": cxl_poison: memdev=mem0 ").And.EndWith("\n");
        Lines("trace").Should().BeEmpty();
        pipe.Poll().Should().Be(PollEvents.None);
    }

    [Fact]
    public void A_reader_of_the_pipe_waits_for_an_event()
    {
        Write("events/cxl/enable", "1");
        OpenedFile pipe = _tree.Open(Steps("trace_pipe"), OpenFlags.Read).File!;
        string text = string.Empty;
        _session.Machine.Simulation.Spawn("cat", async () => text = Encoding.UTF8.GetString((await pipe.ReadAsync(0, 4096)).Bytes.Span));
        _session.Machine.Simulation.RunUntilIdle();
        text.Should().BeEmpty();

        _session.Write(Poison, "0x1000").Should().Be(Errno.Ok);

        text.Should().Contain(": cxl_poison: ");
    }

    private static string[] Steps(string path) => ["sys", "kernel", "tracing", .. path.Split('/')];

    private IEnumerable<string> Lines(string path) => Read(path).Split('\n').Where(line => line.Length > 0 && !line.StartsWith('#'));

    private string Read(string path) => Encoding.UTF8.GetString(ReadBytes(path));

    private byte[] ReadBytes(string path)
    {
        _tree.Find(Steps(path)).Should().NotBeNull();
        OpenedFile file = _tree.Open(Steps(path), OpenFlags.Read).File!;
        byte[] bytes = [];
        _session.Machine.Simulation.Spawn("read", async () => bytes = (await file.ReadAsync(0, 1 << 16)).Bytes.ToArray());
        _session.Machine.Simulation.RunUntilIdle();
        return bytes;
    }

    private Errno Write(string path, string value, OpenFlags how = OpenFlags.None)
    {
        OpenedFile file = _tree.Open(Steps(path), OpenFlags.Write | how).File!;
        Errno error = Errno.EIO;
        _session.Machine.Simulation.Spawn("write", async () => error = await file.WriteAsync(0, Encoding.UTF8.GetBytes(value)));
        _session.Machine.Simulation.RunUntilIdle();
        return error;
    }
}
