using System.Text.Json;

namespace CxlSim.Cli.Tests;

/// <summary>The platforms of the repository, run as a user does.</summary>
public class RunPlatformsTests
{
    [Fact]
    public void SingleDevice_ComesOnlineByItself()
    {
        using ScratchFolder folder = new();
        ProgramResult result = RealProgram.Run("run", RealProgram.Platform("single-device"), "--dmesg", folder["dmesg"], "--trace", folder["trace"]);

        result.ExitCode.Should().Be(0, result.Error);
        result.Output.Should().MatchRegex(@"mem0 0000:d3:00\.0 +128 GiB +decoder5\.0 +region0 0xc050000000 128 GiB x1 +dax0\.0 kmem +1024 \(6154-7177\) +1 +Normal +online");
        result.Output.Should().MatchRegex(@"store 0xc050000000 0x1122334455667788 +Ok");
        result.Output.Should().Contain("3 of 3 found").And.Contain("single-device: Linux 6.12 reached Running");
        result.Output.Should().NotContain("host supports CXL", "the log is not the result");
        result.Error.Should().Contain("pci0000:d2: host supports CXL").And.Contain("--- DriverProbe at");

        string[] log = File.ReadAllLines(folder["dmesg"]);
        log.Should().OnlyContain(line => line.StartsWith('['), "phases are no lines of the kernel");
        log[0].Should().Be("[    0.000000] Linux version 6.12 (simulated)");
        log.Should().ContainMatch("*] Demotion targets for Node 1: null", "the file holds the log to its end");
        string[] trace = File.ReadAllLines(folder["trace"]);
        trace[0].Should().Be("0 0 phase PowerOn");
        trace.Should().ContainSingle(line => line.EndsWith("milestone RegionAssembly region0", StringComparison.Ordinal));
        trace.Should().Contain(line => line.EndsWith(" phase Running", StringComparison.Ordinal));
    }

    [Fact]
    public void QemuSingle_MakesItsRegionInAStep()
    {
        ProgramResult result = RealProgram.Run("run", RealProgram.Platform("qemu-single"), "--json", "--log-level", "none", "--seed", "7");

        result.ExitCode.Should().Be(0, result.Error);
        result.Error.Should().BeEmpty();
        JsonElement root = JsonDocument.Parse(result.Output).RootElement;
        root.GetProperty("platform").GetString().Should().Be("qemu-single");
        root.GetProperty("seed").GetUInt64().Should().Be(7);
        root.GetProperty("phase").GetString().Should().Be("Running");
        JsonElement device = root.GetProperty("devices")[0];
        device.GetProperty("region").GetString().Should().Be("region0 0x490000000 512 MiB x1");
        device.GetProperty("blocks").GetString().Should().Be("4 (146-149)");
        device.GetProperty("state").GetString().Should().Be("online");
        root.GetProperty("steps")[0].GetProperty("error").GetString().Should().Be("Ok");
        root.GetProperty("checks").GetArrayLength().Should().Be(3);
    }

    [Theory]
    [InlineData("multi-interleave", "region0 0xc050000000 512 GiB x4")]
    [InlineData("xor-4way", "region0 0x1000000000 16 GiB x4")]
    public void InterleavedPlatforms_FindWhatTheyStored(string platform, string region)
    {
        ProgramResult result = RealProgram.Run("run", RealProgram.Platform(platform), "--json", "--log-level", "error");

        result.ExitCode.Should().Be(0, result.Error);
        result.Error.Should().NotContain("Failed");
        JsonElement root = JsonDocument.Parse(result.Output).RootElement;
        root.GetProperty("devices").EnumerateArray().Select(device => $"{device.GetProperty("region")} {device.GetProperty("state")}")
            .Should().HaveCount(4).And.AllBe(region + " online");
        root.GetProperty("steps").EnumerateArray().Should().OnlyContain(step => step.GetProperty("error").GetString() == "Ok");
        root.GetProperty("checks").GetArrayLength().Should().Be(3);
    }

    /// <summary>Hash seeds, addresses and the clock differ from process to process; the run must not.</summary>
    [Fact]
    public void TwoProcesses_WriteTheSameTraceAndLog()
    {
        using ScratchFolder folder = new();
        foreach (string name in new[] { "1", "2" })
        {
            ProgramResult result = RealProgram.Run(
                "run", RealProgram.Platform("qemu-single"), "--quiet", "--trace", folder["trace" + name], "--dmesg", folder["dmesg" + name]);
            result.Should().Be(new ProgramResult(0, "", ""), "--quiet prints nothing");
        }

        File.ReadAllBytes(folder["trace2"]).Should().Equal(File.ReadAllBytes(folder["trace1"]));
        File.ReadAllBytes(folder["dmesg2"]).Should().Equal(File.ReadAllBytes(folder["dmesg1"]));
    }
}
