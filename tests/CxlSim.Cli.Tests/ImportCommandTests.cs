namespace CxlSim.Cli.Tests;

/// <summary><c>cxlsim import</c>.</summary>
public class ImportCommandTests
{
    private static readonly string Recording = RepositoryRoot.Golden("01-single-volatile");

    [Fact]
    public void Import_WritesAPlatformThatBoots_AndSaysWhatItCouldNotLearn()
    {
        using ScratchFolder folder = new();

        RealProgram.Run("import", Recording, "-o", folder["mine.yaml"]).Should().Be(new ProgramResult(
            0,
            string.Empty,
            $"""
            {Recording}:1:1: warning CXI0006: what the device says of its own speed (CDAT) is in no capture; the default is written
            {Recording}:1:1: warning CXI0006: how long hardware and firmware take is in no capture; the defaults hold

            """));

        ProgramResult run = RealProgram.Run("run", folder["mine.yaml"], "--log-level", "none");
        run.ExitCode.Should().Be(0, run.Error);
        run.Output.Should().Contain("mem0 0000:0d:00.0   1 GiB");
    }

    [Fact]
    public void WhatAFirstCaptureLacks_IsTakenFromTheNext()
    {
        using ScratchFolder folder = new();
        string variant = RepositoryRoot.Golden("09-hotplug-options", "auto-movable");

        RealProgram.Run("import", variant, "-o", folder["alone.yaml"]).ExitCode.Should().Be(2);
        RealProgram.Run("import", variant, RepositoryRoot.Golden("09-hotplug-options", "default"), "-o", folder["both.yaml"]).ExitCode.Should().Be(0);

        File.ReadAllText(folder["both.yaml"]).Should().Contain("memory_hotplug.online_policy=auto-movable").And.Contain("{base: 0x490000000, size: 8GiB, targets: [12]");
    }

    [Fact]
    public void CaptureOfNothing_IsRefusedAndNothingIsWritten()
    {
        using ScratchFolder folder = new();

        RealProgram.Run("import", folder["none"], "-o", folder["x.yaml"]).ShouldBeRefused(
            $"{folder["none"]}:1:1: warning CXI0002: it cannot be read: there is no such directory",
            $"{folder["none"]}:1:1: error CXI0001: found neither a CEDT nor a CXL memory device; expected ACPI tables, what 'lspci -vvv' or 'cxl list' prints, or a copy of /sys");
        File.Exists(folder["x.yaml"]).Should().BeFalse();
    }

    /// <summary>Nobody writes into the pipe: whoever opened it would wait for ever.</summary>
    [Theory]
    [InlineData("import {0} -o {0}/back.yaml")]
    [InlineData("tables show {0}")]
    [InlineData("check --tables {0}")]
    public void PipeAmongTheFiles_IsNotWaitedFor(string command)
    {
        using ScratchFolder folder = new();
        string directory = folder["capture"];
        RealProgram.Run("tables", "export", RealProgram.Platform("xor-4way"), "-o", directory).ExitCode.Should().Be(0);
        RealProgram.Shell($"mkfifo {directory}/pipe").ExitCode.Should().Be(0);

        string words = string.Format(System.Globalization.CultureInfo.InvariantCulture, command, directory);
        RealProgram.Shell($"timeout 60 $0 {words}").ExitCode.Should().Be(0);
    }
}
