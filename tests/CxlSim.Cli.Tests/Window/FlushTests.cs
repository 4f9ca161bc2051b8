using Xunit.Abstractions;

namespace CxlSim.Cli.Tests;

/// <summary>
/// cxl writes to /sys/bus/cxl/flush before each of its looks, dozens of times in a listing. After a write all that the host knows is compared with what is so now; not after one that
/// only waits.
/// </summary>
public class FlushTests(ITestOutputHelper output)
{
    [Fact]
    public void AFlush_HasNothingComparedAnew()
    {
        if (!WindowFixture.IsOpen(output))
        {
            return;
        }

        string[] calls = CallsOf("qemu-single", """
            cd /sys/bus/cxl
            for n in 1 2 3; do echo 1 > flush; done
            ls -d devices/region0
            echo region0 > devices/decoder0.0/create_ram_region
            echo 1 > flush
            ls -d devices/region0
            """, "devices/region0\n");

        calls.Count(IsWrite).Should().Be(5);
        calls.Count(IsComparison).Should().Be(1, "of the region's making");
    }

    /// <summary>What it waits for may be a change.</summary>
    [Fact]
    public void AFlushWhileSomethingIsUnderWay_Has()
    {
        if (!WindowFixture.IsOpen(output))
        {
            return;
        }

        string[] calls = CallsOf("memdev-state", """
            cd /sys/bus/cxl/devices
            found=$(grep -l '^0xabc0$' mem*/serial)
            echo 1 > ${found%/serial}/security/sanitize
            echo 1 > /sys/bus/cxl/flush
            cat ${found%/serial}/security/state
            """, "sanitize\n");

        calls.Count(IsWrite).Should().Be(2);
        calls.SkipWhile(call => !IsWrite(call)).Skip(1).SkipWhile(call => !IsWrite(call)).Skip(1).First().Should().Match(call => IsComparison(call));
    }

    /// <summary>What the machine was asked, as its recording has it; without the clock's steps.</summary>
    private static string[] CallsOf(string platform, string script, string expected)
    {
        using ScratchFolder folder = new();
        ProgramResult result = WindowFixture.Shell(platform, script, "--record", folder["r"]);
        result.Output.Should().Be(expected, result.Error);
        return [.. File.ReadLines(folder["r"]).Where(line => !line.StartsWith("{\"line\":\"advance\"", StringComparison.Ordinal))];
    }

    private static bool IsWrite(string call) => call.StartsWith("{\"line\":\"file-write\"", StringComparison.Ordinal);

    private static bool IsComparison(string call) => call.EndsWith("\"request\":\"compare\"}", StringComparison.Ordinal);
}
