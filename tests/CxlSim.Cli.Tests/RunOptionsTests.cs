using System.Text.Json;

namespace CxlSim.Cli.Tests;

/// <summary>What the options of <c>run</c> do.</summary>
public class RunOptionsTests
{
    [Theory]
    [InlineData("PowerOn", "PowerOn")]
    [InlineData("FirmwareEnumerate", "FirmwareEnumerate")]
    [InlineData("FirmwareTables", "FirmwareTables")]
    [InlineData("Handoff", "Handoff")]
    [InlineData("MemoryMap", "MemoryMap")]
    [InlineData("NumaNodes", "NumaNodes")]
    [InlineData("ContiguousMemory", "ContiguousMemory")]
    [InlineData("MemoryTiers", "MemoryTiers")]
    [InlineData("AcpiScan", "AcpiScan")]
    [InlineData("PciScan", "PciScan")]
    [InlineData("SoftReservedFallback", "SoftReservedFallback")]
    [InlineData("LateInit", "LateInit")]
    [InlineData("DriverProbe", "DriverProbe")]
    [InlineData("PortProbe", "DriverProbe")]
    [InlineData("Running", "Running")]
    public void Until_StopsThere_BeforeAnyStep(string name, string phase)
    {
        ProgramResult result = RealProgram.Run("run", RealProgram.Platform("qemu-single"), "--until", name, "--json", "--log-level", "none");
        (result.ExitCode, result.Error).Should().Be((0, ""));
        JsonElement root = JsonDocument.Parse(result.Output).RootElement;
        root.GetProperty("phase").GetString().Should().Be(phase);
        root.GetProperty("steps").GetArrayLength().Should().Be(0);
        root.GetProperty("checks").GetArrayLength().Should().Be(0);
    }

    /// <summary>The step that reaches it is finished, the next is not begun.</summary>
    [Fact]
    public void Until_AlsoStopsBetweenSteps()
    {
        using ScratchFolder folder = new();
        string file = folder.Write("p.yaml", ScratchFolder.OneCard + "steps: [create-region: {decoder: decoder0.0}, read: /sys/nope]\n");
        ProgramResult result = RealProgram.Run("run", file, "--until", "KmemProbe", "--json", "--log-level", "none");
        result.ExitCode.Should().Be(0, result.Error);
        JsonDocument.Parse(result.Output).RootElement.GetProperty("steps").GetArrayLength().Should().Be(1);
    }

    [Fact]
    public void Until_WhatIsNeverReached_IsSaid()
    {
        using ScratchFolder folder = new();
        ProgramResult result = RealProgram.Run("run", folder.Write("p.yaml", ScratchFolder.OneCard), "--until", "RegionAssembly", "--log-level", "none");
        result.ExitCode.Should().Be(1);
        result.Error.Should().Be("cxlsim: the run came to its end without RegionAssembly\n");
    }

    [Theory]
    [InlineData("--dmesg")]
    [InlineData("--trace")]
    public void OutputOverThePlatformFile_IsRefused(string option)
    {
        using ScratchFolder folder = new();
        string file = folder.Write("p.yaml", ScratchFolder.OneCard);
        ProgramResult result = RealProgram.Run("run", file, option, file);
        result.ExitCode.Should().Be(2);
        result.Error.Should().Contain("found one file named twice").And.NotContain("   at ");
        File.ReadAllText(file).Should().Be(ScratchFolder.OneCard);
    }

    [Theory]
    [InlineData("none", false, false)]
    [InlineData("error", false, false)]
    [InlineData("warning", false, false)]
    [InlineData("notice", true, true)]
    [InlineData("info", true, true)]
    [InlineData("debug", true, true)]
    public void LogLevel_DecidesWhatIsShown(string level, bool phases, bool lines)
    {
        using ScratchFolder folder = new();
        ProgramResult result = RealProgram.Run("run", folder.Write("p.yaml", ScratchFolder.OneCard), "--log-level", level);
        result.ExitCode.Should().Be(0);
        result.Error.Contains("--- AcpiScan", StringComparison.Ordinal).Should().Be(phases);
        result.Error.Contains("host supports CXL", StringComparison.Ordinal).Should().Be(lines);
    }

    [Fact]
    public void StepsThatEndOtherwise_AreNamedWithTheirPlaces()
    {
        using ScratchFolder folder = new();
        string file = folder.Write("p.yaml", ScratchFolder.OneCard + """
            steps:
              - {read: /sys/nope, expect: ENOENT}
              - read: /sys/nope
              - {read: /sys/bus/cxl/devices/mem0/serial, expect: EBUSY}

            """);
        ProgramResult result = RealProgram.Run("run", file, "--log-level", "none");
        result.ExitCode.Should().Be(1);
        result.Error.Should().Be($"""
            {file}:6:5: 'read /sys/nope' ended with ENOENT; expected Ok
              CXK0052 there is no such file
                object   /sys
                in       kernfs_iop_lookup (fs/kernfs/dir.c)
                answer   ENOENT
                reason   /sys has no nope
            {file}:7:5: 'read /sys/bus/cxl/devices/mem0/serial' ended with Ok; expected EBUSY

            """);
        result.Output.Should().MatchRegex("read /sys/nope +ENOENT").And.Contain("card");
    }

    [Fact]
    public void ClosedPipe_IsNoAccident()
    {
        ProgramResult result = RealProgram.Shell("set -o pipefail; $0 run \"$1\" --log-level none | head -1", RealProgram.Platform("qemu-single"));
        result.Error.Should().BeEmpty();
    }

    [Fact]
    public void ClosedOutput_IsOneLine_NotAStackTrace()
    {
        ProgramResult result = RealProgram.Shell("$0 run \"$1\" --log-level none > /dev/full", RealProgram.Platform("qemu-single"));
        result.ExitCode.Should().Be(2);
        result.Error.Should().Be("cxlsim: the output cannot be written: No space left on device\n");
    }
}
