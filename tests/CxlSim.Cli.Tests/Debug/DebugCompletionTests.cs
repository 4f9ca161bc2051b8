using CxlSim.Platform;
using CxlSim.Session;

namespace CxlSim.Cli.Tests;

/// <summary>What Tab offers at the prompt of the debugger.</summary>
public sealed class DebugCompletionTests : IDisposable
{
    private readonly ScratchFolder _folder = new();
    private readonly StringWriter _output = new() { NewLine = "\n" };
    private readonly DebugShell _shell;

    public DebugCompletionTests() => _shell = new DebugShell(new DebugSession(PlatformReader.ReadFile(_folder.Write("card.yaml", ScratchFolder.OneCard)).Platform!), _output);

    public void Dispose()
    {
        _output.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("st", "step", "step-file")]
    [InlineData("  tr", "translate")]
    [InlineData("zz")]
    [InlineData("step ")]
    [InlineData("info reg", "regions", "registers")]
    [InlineData("i b", "blocks", "breakpoints")]
    [InlineData("info regions ")]
    [InlineData("help reverse", "reverse-continue")]
    [InlineData("run-until Region", "RegionAssembly")]
    [InlineData("run-until 20", "20ns", "20us", "20ms", "20s")]
    [InlineData("u 1.5m", "1.5ms")]
    [InlineData("back ", "phase")]
    [InlineData("break FirmwareT", "FirmwareTables")]
    [InlineData("b bo", "bound")]
    [InlineData("b EB", "EBUSY")]
    [InlineData("b ca", "card")]
    [InlineData("b reg", "register")]
    [InlineData("b register ca", "card")]
    [InlineData("b register card Decoder 0 Control m", "mask")]
    [InlineData("b dpa c", "card:")]
    [InlineData("b dpa card:0x0+4", "card:0x0+4KiB", "card:0x0+4MiB", "card:0x0+4GiB", "card:0x0+4TiB", "card:0x0+4PiB")]
    [InlineData("b hpa 64G", "64GiB")]
    [InlineData("b hpa 0x10")]
    [InlineData("b hpa 0x1000 ", "r", "w", "rw", "if")]
    [InlineData("b refused ", "if")]
    [InlineData("b refused if e", "errno", "event")]
    [InlineData("b refused if errno ", "==", "!=")]
    [InlineData("b refused if count <", "<", "<=")]
    [InlineData("b refused if errno == EBU", "EBUSY")]
    [InlineData("b log region")]
    [InlineData("x c", "card:")]
    [InlineData("x/16 c", "card:")]
    [InlineData("t 4M", "4MiB")]
    [InlineData("delete ")]
    [InlineData("set /sys/")]
    public void AtPowerOn_IsOffered(string line, params string[] words) => _shell.Complete(line).Words.Should().Equal(words);

    [Theory]
    [InlineData("break mem0", "mem0")]
    [InlineData("b decoder1", "decoder1.0")]
    [InlineData("x me", "mem0:")]
    [InlineData("set ", "/sys/")]
    [InlineData("set /", "/sys/")]
    [InlineData("set /sys/bus/cx", "/sys/bus/cxl/")]
    [InlineData("set /sys/bus/cxl/devices/mem", "/sys/bus/cxl/devices/mem0/")]
    [InlineData("set /sys/devices/system/memory/auto", "/sys/devices/system/memory/auto_online_blocks")]
    [InlineData("set /bus/cx", "/bus/cxl/")]
    [InlineData("set /sys/nothing/x")]
    [InlineData("set /sys/devices/system/memory/auto_online_blocks/")]
    [InlineData("set /sys/devices/system/memory/auto_online_blocks of")]
    [InlineData("delete ", "1")]
    public void OfARunningMachine_IsOffered(string line, params string[] words)
    {
        _shell.Execute("run-until Running");
        _shell.Execute("break mem0");

        _shell.Complete(line).Words.Should().StartWith(words).And.HaveCountLessThanOrEqualTo(Math.Max(words.Length, line == "b decoder1" ? 4 : 0));
    }

    [Theory]
    [InlineData("break ", 6)]
    [InlineData("i b", 2)]
    public void Completion_ReplacesTheLastWord(string line, int start) => _shell.Complete(line).Start.Should().Be(start);
}
