using CxlSim.Core;
using CxlSim.Platform;

namespace CxlSim.Session.Tests;

/// <summary>Cases run, and what does not hold is said with its place, what was expected and what was found.</summary>
public class ScenarioRunTests
{
    /// <summary>What is expected of step 1 stands in line 5, of the end in line 7.</summary>
    private const string Card = """
        platform:
          host_bridges: [{uid: 5, bus: 0x10, root_ports: [{at: 01.0, port: 0, type3: {id: card, volatile: 1GiB}}]}]
          windows: [{base: 0x1000000000, targets: [5]}]
        steps:
          - create-region: {decoder: decoder0.0}
          - {read: /sys/bus/cxl/devices/region0/interleave_ways, expect: {value: 1}}

        """;

    private static ScenarioResult Run(string text, bool update = false, string file = "s.yaml")
    {
        ScenarioReadResult read = ScenarioReader.ReadText(text, file);
        read.Diagnostics.Should().NotContain(found => found.Severity == DiagnosticSeverity.Error);
        return new ScenarioRun(read.Cases[0]).Execute(update ? File.WriteAllText : null);
    }

    [Theory]
    [InlineData("log: 'region0: register dax_region0'")]
    [InlineData("log: ['/mem0:.*port1/', 'Linux version 6.12']")]
    [InlineData("no_log: [nothing of this, '/^no$/']")]
    [InlineData("attributes: {mem0/ram/size: 0x40000000, /sys/bus/cxl/devices/region0/size: '0x40000000', region0/uuid: '/^$/'}")]
    [InlineData("missing: [region1, /sys/bus/cxl/devices/mem1, mem0/nothing]")]
    [InlineData("iomem: ['1000000000-103fffffff : CXL Window 0', '/ : dax0.0$/']")]
    [InlineData("no_iomem: ['1000000000-103fffffff : CXL Window 1', CXL Window 0, '/region1/']")]
    [InlineData("addresses: {0x1000000000: card 0x0, 0x103fffffff: card 0x3fffffff, 0x1040000000: nowhere}")]
    [InlineData("in_use: {card: 1GiB}")]
    public void WhatHolds_Passes(string expectation)
    {
        ScenarioResult result = Run($"{Card}expect: {{{expectation}}}\n");

        result.Failures.Should().BeEmpty();
        result.Should().Match<ScenarioResult>(found => found.Verdict == ScenarioVerdict.Passed && found.Explanation.Length == 0 && found.Events > 100);
    }

    [Theory]
    [InlineData("log: region0 is in no mood", "the kernel's log: expected 'region0 is in no mood', found no such line; the nearest is '*region0*'")]
    [InlineData("no_log: Linux version", "the kernel's log: expected no line with 'Linux version', found 'Linux version 6.12 (simulated)'")]
    [InlineData("attributes: {mem0/ram/size: 1}", "mem0/ram/size: expected '1', found '0x40000000'")]
    [InlineData("attributes: {mem7/ram/size: 1}", "mem7/ram/size: expected '1', found nothing")]
    [InlineData("attributes: {mem0/ram: 1}", "mem0/ram: expected '1', found a directory")]
    [InlineData("attributes: {decoder0.0/delete_region: 1}", "decoder0.0/delete_region: expected '1', found an attribute that cannot be read")]
    [InlineData("missing: region0", "region0: expected nothing, found that it is there")]
    [InlineData("iomem: '1000000000-103fffffff : CXL Window 1'", "/proc/iomem: expected '1000000000-103fffffff : CXL Window 1', found no such line; the nearest is '1000000000-103fffffff : CXL Window 0'")]
    [InlineData("no_iomem: '/region0$/'", "/proc/iomem: expected no line '/region0$/', found '1000000000-103fffffff : region0'")]
    [InlineData("addresses: {0x1000000000: card 0x100}", "0x1000000000: expected card 0x100, found card 0x0")]
    [InlineData("addresses: {0x1000000000: nowhere}", "0x1000000000: expected that it leads nowhere, found card 0x0")]
    [InlineData("addresses: {0x1040000000: card 0x0}", "0x1040000000: expected card 0x0, found that it leads nowhere")]
    [InlineData("in_use: {card: 2GiB}", "memory of card: expected 2 GiB in use, found 1 GiB of 1 GiB of card in use, 0 B free, 0 B stranded")]
    [InlineData("refused: CXK0104", "rules that refused: expected 'CXK0104', found nothing")]
    [InlineData("warned: CXK0012", "rules that a check warns of: expected 'CXK0012', found *")]
    public void WhatDoesNotHold_IsSaidInItsPlace(string expectation, string message)
    {
        ScenarioResult result = Run($"{Card}expect: {{{expectation}}}\n");

        ScenarioFailure failure = result.Failures.Should().ContainSingle().Which;
        failure.Message.Should().Match(message);
        (failure.Location.File, failure.Location.Line, result.Verdict).Should().Be(("s.yaml", 7, ScenarioVerdict.Failed));
        result.Explanation.Should().Contain("1 GiB in use: decoder0.0 > region0");
    }

    [Fact]
    public void StepThatEndsOtherwise_IsSaidWithWhyItWasRefused()
    {
        ScenarioResult result = Run(Card + "  - write: {path: /sys/bus/cxl/devices/region0/size, value: 7}\n");

        ScenarioFailure failure = result.Failures.Should().ContainSingle().Which;
        failure.Message.Should().Be("'write /sys/bus/cxl/devices/region0/size 7' ended with EBUSY; expected Ok");
        failure.Details.Should().StartWith("CXK0076 ").And.Contain("size_store region0 > alloc_hpa");
        failure.Location.Line.Should().Be(7);
    }

    [Theory]
    [InlineData("{error: EBUSY, refused: CXK0076, log: the region is busy}", "after 'write *', the kernel's log: expected 'the region is busy', found *")]
    [InlineData("{error: EBUSY, no_log: Linux version}", null)]
    [InlineData("{error: EBUSY, refused: CXK0052}", "after 'write *', rules that refused: expected 'CXK0052', found CXK0076")]
    public void ExpectationOfAStep_IsOfWhatItDid(string expectation, string? message)
    {
        ScenarioResult result = Run($"{Card}  - write: {{path: /sys/bus/cxl/devices/region0/size, value: 7}}\n    expect: {expectation}\n");

        string[] messages = [.. result.Failures.Select(failure => failure.Message)];
        messages.Should().HaveCount(message is null ? 0 : 1);
        Array.ForEach(messages, found => found.Should().Match(message));
    }

    /// <summary>What the step before was refused by is not what this one was.</summary>
    [Fact]
    public void RulesOfAStep_CountSinceItBegan() => Run(Card + """
          - {write: {path: /sys/bus/cxl/devices/region0/size, value: 7}, expect: EBUSY}
          - {read: /sys/bus/cxl/devices/region0/size, expect: {refused: CXK0076}}

        """).Failures.Should().ContainSingle().Which.Message.Should().Match("after 'read *', rules that refused: expected 'CXK0076', found nothing");

    /// <summary>The end sees what a tool refused by itself, and what a kernel refused that is gone.</summary>
    [Theory]
    [InlineData("{destroy-region: region0, expect: EBUSY}", "CXK0182")]
    [InlineData("{online: {size: 1MiB}, expect: EINVAL}", "CXK0189")]
    [InlineData("{create-region: {decoder: decoder9.9}, expect: ENOENT}", "CXK0157")]
    public void RulesAtTheEnd_CountOfAllStepsAndKernels(string step, string rule)
    {
        ScenarioResult result = Run($"{Card}  - {step}\n  - {{write: {{path: /sys/bus/cxl/devices/region0/size, value: 7}}, expect: EBUSY}}\n  - kexec: ''\nexpect: {{refused: [{rule}, CXK0076]}}\n");

        result.Failures.Should().BeEmpty();
    }

    [Fact]
    public void ValueThatIsRead_IsHeldAgainstWhatIsExpected() =>
        Run(Card.Replace("value: 1}", "value: 2}", StringComparison.Ordinal)).Failures.Should().ContainSingle().Which.Message.Should().Be("after 'read /sys/bus/cxl/devices/region0/interleave_ways', the step's value: expected '2', found '1'");

    [Fact]
    public void WarningsOfTheReader_CountAsThoseOfACheck() =>
        Run(Card.Replace("base: 0x1000000000", "base: 0x1008000000", StringComparison.Ordinal).Split("steps:")[0] + "expect: {warned: CXP0010}\n").Failures.Should().BeEmpty();

    [Fact]
    public void Snapshot_IsWrittenOnce_AndHeldAgainstAfterwards()
    {
        string folder = Directory.CreateTempSubdirectory("cxlsim-").FullName;
        string file = Path.Combine(folder, "s.yaml");
        string text = Card + "expect: {snapshot: s.snap}\n";

        Run(text, file: file).Failures.Should().ContainSingle().Which.Message.Should().EndWith("is not there; 'cxlsim test --update' writes it");
        Run(text, update: true, file).Verdict.Should().Be(ScenarioVerdict.Passed);
        Run(text, file: file).Verdict.Should().Be(ScenarioVerdict.Passed);
        ScenarioFailure failure = Run(text.Replace("decoder0.0}", "decoder0.0, size: 512MiB}", StringComparison.Ordinal), file: file).Failures.Should().ContainSingle().Which;

        failure.Message.Should().StartWith("the machine is not as the snapshot");
        failure.Details.Should().Contain("- /sys/devices/platform/ACPI0017:00/root0/decoder0.0/region0/size = 0x40000000").And.Contain("+ /sys/devices/platform/ACPI0017:00/root0/decoder0.0/region0/size = 0x20000000");
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void CasesWhoseNamesDifferInOddLetters_HaveASnapshotEach()
    {
        string folder = Directory.CreateTempSubdirectory("cxlsim-").FullName;
        string text = $"matrix: {{level: [4, '0x4', 'a/b', 'a:b', 'a,b', 'a b', 'a-b']}}\nappend: loglevel=$(level)\n{Card}expect: {{snapshot: s.snap}}\n";

        foreach (ScenarioCase scenario in ScenarioReader.ReadText(text, Path.Combine(folder, "s.yaml")).Cases)
        {
            new ScenarioRun(scenario).Execute(File.WriteAllText).Failures.Should().BeEmpty();
        }

        Directory.GetFiles(folder).Select(Path.GetFileName).Should().BeEquivalentTo("s.snap.level=4", "s.snap.level=0x4", "s.snap.level=a%2Fb", "s.snap.level=a%3Ab", "s.snap.level=a,b", "s.snap.level=a+b", "s.snap.level=a-b");
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void MachineThatDoesNotCome_FailsItsSteps() =>
        Run(Card.Replace("platform:", "append: memmap=exactmap memmap=3G@1M\nplatform:", StringComparison.Ordinal)).Failures[0].Message.Should().StartWith("the boot ended in MemoryMap: no step could be done");

    [Fact]
    public void RecordingOfACase_IsTheSameRun()
    {
        ScenarioCase scenario = ScenarioReader.ReadText(Card, "s.yaml").Cases[0];
        using StringWriter text = new();
        ScenarioRun run = new(scenario);
        Recorder recorder = ScenarioRecording.Attach(run, scenario, text);
        run.Execute();
        recorder.End();

        Recording recording = RecordingReader.ReadText(text.ToString(), "r").Recording!;
        using DebugSession debug = new(recording);
        debug.Continue().Reason.Should().Be(DebugStopReason.End);

        debug.Difference.Should().BeNull();
        debug.Steps.Should().HaveCount(2);
        debug.Position.Event.Should().Be(run.Session.Machine.Simulation.EventNumber);
    }
}
