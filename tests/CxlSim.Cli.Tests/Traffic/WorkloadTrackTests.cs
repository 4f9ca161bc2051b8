using System.Text.Json;

namespace CxlSim.Cli.Tests;

/// <summary><c>cxlsim workload --perfetto</c> as a user calls it.</summary>
public class WorkloadTrackTests
{
    private static readonly string[] Workload = ["workload", RealProgram.Platform("expander-x16"), "--threads", "4", "--reads", "67", "--time", "20us"];

    [Fact]
    public void File_HasTheBootAndTheWorkload_AndTheReportIsTheSame()
    {
        using ScratchFolder folder = new();
        ProgramResult result = RealProgram.Run([.. Workload, "--perfetto", folder["t.json"]]);

        result.Should().Be(RealProgram.Run(Workload));
        result.ExitCode.Should().Be(0);
        using JsonDocument trace = JsonDocument.Parse(File.ReadAllText(folder["t.json"]));
        JsonElement[] events = [.. trace.RootElement.GetProperty("traceEvents").EnumerateArray()];
        Names(events, "process_name").Should().Equal("boot", "CXL ports", "links", "memories", "accesses");
        Names(events, "thread_name").Should().Contain(["phases", "cxl_pci", "kmem", "memory blocks online", "kernel log", "port1", "endpoint2"]);
        events.Where(found => Kind(found) == "C").Select(Name).Should().Contain(["expander, up: busy", "expander, down: waiting", "expander: GB/s"]);
        events.Count(found => Kind(found) == "i").Should().BeGreaterThan(50);
        ShouldBeNested(events);
    }

    [Fact]
    public void SameOptions_GiveTheSameBytes()
    {
        using ScratchFolder folder = new();
        RealProgram.Run([.. Workload, "--perfetto", folder["a.json"]]);
        RealProgram.Run([.. Workload, "--perfetto", folder["b.json"]]);

        File.ReadAllText(folder["b.json"]).Should().Be(File.ReadAllText(folder["a.json"]));
    }

    [Fact]
    public void FileThatCannotBeWritten_IsRefused()
    {
        using ScratchFolder folder = new();
        ProgramResult result = RealProgram.Run([.. Workload, "--perfetto", folder["nowhere/t.json"]]);

        result.ExitCode.Should().Be(2);
        result.Error.Should().StartWith("cxlsim: the trace cannot be written: ").And.NotContain("   at ");
    }

    [Fact]
    public void FilesThatAreRead_AreNotWrittenOver()
    {
        using ScratchFolder folder = new();
        string platform = folder.Write("p.yaml", ScratchFolder.OneCard);
        string accesses = folder.Write("a.txt", "0 R 0x100000000 64\n");

        RealProgram.Run("workload", platform, "--perfetto", platform).ExitCode.Should().Be(2);
        RealProgram.Run("workload", platform, "--trace", accesses, "--perfetto", accesses).ExitCode.Should().Be(2);
        File.ReadAllText(platform).Should().Be(ScratchFolder.OneCard);
        File.ReadAllText(accesses).Should().StartWith("0 R");
    }

    /// <summary>In each thread what begins ends, the last first, and never before it began.</summary>
    private static void ShouldBeNested(JsonElement[] events)
    {
        foreach (IGrouping<(int, int), JsonElement> thread in events.Where(found => Kind(found) is "B" or "E").GroupBy(found => (found.GetProperty("pid").GetInt32(), found.GetProperty("tid").GetInt32())))
        {
            Stack<string> open = new();
            decimal time = 0;
            foreach (JsonElement found in thread)
            {
                decimal next = found.GetProperty("ts").GetDecimal();
                next.Should().BeGreaterThanOrEqualTo(time);
                time = next;
                if (Kind(found) == "B")
                {
                    open.Push(Name(found));
                }
                else
                {
                    open.Pop().Should().Be(Name(found));
                }
            }

            open.Should().BeEmpty();
        }
    }

    private static IEnumerable<string> Names(JsonElement[] events, string kind) => events.Where(found => Name(found) == kind).Select(found => found.GetProperty("args").GetProperty("name").GetString()!);

    private static string Kind(JsonElement found) => found.GetProperty("ph").GetString()!;

    private static string Name(JsonElement found) => found.GetProperty("name").GetString()!;
}
