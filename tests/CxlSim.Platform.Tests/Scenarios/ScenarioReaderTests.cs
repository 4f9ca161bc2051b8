using CxlSim.Core;

namespace CxlSim.Platform.Tests;

/// <summary>Scenario files: cases of a matrix, includes, what is expected, and what is wrong with them.</summary>
public sealed class ScenarioReaderTests : IDisposable
{
    private const string Machine = """
        platform:
          host_bridges: [{uid: 5, bus: 16, root_ports: [{at: 01.0, port: 0, type3: {id: card, volatile: 1GiB}}]}]
          windows: [{base: 0x1000000000, size: $(size), targets: [5]}]

        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("cxlsim-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Matrix_IsEveryCombination_TheLastParameterFirst()
    {
        ScenarioReadResult read = ScenarioReader.ReadText(Machine + """
            matrix: {size: [1GiB, 2GiB], error: [ok, EBUSY]}
            steps: [{write: {path: /sys/$(size), value: $(error)}, expect: $(error)}]
            """, "s.yaml");

        read.Diagnostics.Should().BeEmpty();
        read.Cases.Select(found => found.Name).Should().Equal("s[size=1GiB,error=ok]", "s[size=1GiB,error=EBUSY]", "s[size=2GiB,error=ok]", "s[size=2GiB,error=EBUSY]");
        read.Cases.Select(found => found.Platform.Windows[0].Range.Size.ToString()).Should().Equal("1 GiB", "1 GiB", "2 GiB", "2 GiB");
        read.Cases[1].Platform.Steps.Should().ContainSingle().Which.Should().BeOfType<WriteStep>().Which.Should().Match<WriteStep>(step => step.Path == "/sys/1GiB" && step.Value == "EBUSY" && step.Expect == Errno.EBUSY);
    }

    [Fact]
    public void Platform_IsAFileBesideIt_WithSettings_WordsAndSeed_AndWithoutItsSteps()
    {
        Write("machines/card.yaml", "host_bridges: [{uid: 5, bus: 16}]\nsteps: [{read: /sys/x}]\n");

        ScenarioCase found = Read("platform: ../machines/card.yaml\nset: [kernel.version=7.2, kernel.command_line=quiet]\nappend: cma=64M\nseed: 7\nwhy: Because.\n", "scenarios/s.yaml").Cases.Should().ContainSingle().Which;

        found.Should().Match<ScenarioCase>(scenario => scenario.Seed == 7 && scenario.Why == "Because." && scenario.Platform.Steps.Count == 0);
        found.Platform.Kernel.Version.Should().Be(new Version(7, 2));
        found.Platform.Kernel.CommandLine.Should().Be("quiet cma=64M");
    }

    [Fact]
    public void Include_PutsStepsInItsPlace_WithTheirOwnPlaces()
    {
        Write("more/common.yaml", "- include: deeper.yaml\n- read: /sys/b\n");
        Write("more/deeper.yaml", "- read: /sys/a\n");

        IReadOnlyList<StepDescription> steps = Read("platform: {name: x}\nsteps:\n  - include: more/common.yaml\n  - read: /sys/c\n").Cases[0].Platform.Steps;

        steps.Cast<ReadStep>().Select(step => step.Path).Should().Equal("/sys/a", "/sys/b", "/sys/c");
        Path.GetFileName(steps[0].Location.File).Should().Be("deeper.yaml");
        (steps[1].Location.Line, steps[2].Location.Line).Should().Be((2, 4));
    }

    [Fact]
    public void Expectations_AreRead()
    {
        ExpectationDescription expectation = ScenarioReader.ReadText(Machine.Replace("$(size)", "1GiB", StringComparison.Ordinal) + """
            expect:
              log: [one, /t.o/]
              no_log: three
              attributes: {mem0/ram/size: 0x40000000}
              missing: region0
              iomem: "1000000000-103fffffff : CXL Window 0"
              no_iomem: [CXL Window 1]
              addresses: {0x1000000000: card 0x0, 0x2000000000: nowhere}
              in_use: {card: 1GiB}
              refused: CXK0104
              warned: [CXK0012]
              snapshot: s.snap
            """, "s.yaml").Cases.Should().ContainSingle().Which.Expectation!;

        expectation.Log.Select(text => text.Text).Should().Equal("one", "/t.o/");
        (expectation.Log[0].IsIn("none"), expectation.Log[1].IsIn("the tao of"), expectation.Log[1].IsIn("t.")).Should().Be((true, true, false));
        expectation.Attributes.Should().ContainSingle().Which.Should().Match<ExpectedAttribute>(attribute => attribute.Path == "mem0/ram/size" && attribute.Value.Is("0x40000000") && !attribute.Value.Is("0x4"));
        expectation.Addresses.Select(address => (address.Address.Value, address.Device, address.Dpa.Value)).Should().Equal((0x1000000000, "card", 0), (0x2000000000, null, 0));
        expectation.NoIomem.Should().ContainSingle().Which.Text.Should().Be("CXL Window 1");
        expectation.InUse.Should().ContainSingle().Which.Size.Bytes.Should().Be(1UL << 30);
        (expectation.Warned[0].Text, expectation.Refused[0].Text, expectation.Snapshot, expectation.Missing[0].Text).Should().Be(("CXK0012", "CXK0104", "s.snap", "region0"));
    }

    [Theory]
    [InlineData("^{}", "CXP0004")]
    [InlineData("platform: ^none.yaml", "CXP0001")]
    [InlineData("platform: ^[x]", "CXP0005")]
    [InlineData("platform: {^naem: x}", "CXP0003")]
    [InlineData("platform: {name: ^\"$(x)\"}", "CXS0002")]
    [InlineData("platform: {name: ^\"$(x\"}\nmatrix: {x: [1]}", "CXS0002")]
    [InlineData("platform: {name: x}\nmatrix: ^5", "CXP0005")]
    [InlineData("platform: {name: x}\nmatrix: {x: ^5}", "CXP0005")]
    [InlineData("platform: {name: x}\nmatrix: {x: ^[]}", "CXP0005")]
    [InlineData("platform: {name: x}\nmatrix: {x: ^[{a: 1}]}", "CXP0005")]
    [InlineData("platform: {name: x}\nsteps: [{^fly: 1}]", "CXP0027")]
    [InlineData("platform: {name: x}\nsteps: [{include: ^none.yaml}]", "CXS0001")]
    [InlineData("platform: {name: x}\nsteps: [{include: ^s.yaml}]", "CXS0001")]
    [InlineData("platform: {name: x}\nsteps: [^{include: a.yaml, read: x}]", "CXS0001")]
    [InlineData("platform: {name: x}\nsteps: [{load: ^{device: card, dpa: 0}}]", "CXS0004")]
    [InlineData("platform: {name: x}\nexpect: {in_use: {card: ^1GiB}}", "CXS0004")]
    [InlineData("platform: {name: x}\nexpect: {in_use: {card: ^much}}", "CXP0006")]
    [InlineData("platform: {name: x}\nexpect: {addresses: {0x0: ^card 0x0}}", "CXS0004")]
    [InlineData("platform: {name: x}\nexpect: {addresses: {0x0: ^card}}", "CXP0006")]
    [InlineData("platform: {name: x}\nexpect: {addresses: {^here: nowhere}}", "CXP0006")]
    [InlineData("platform: {name: x}\nexpect: {log: ^/(/}", "CXP0006")]
    [InlineData("platform: {name: x}\nexpect: {log: ^{a: b}}", "CXP0005")]
    [InlineData("platform: {name: x}\nexpect: {attributes: ^mem0}", "CXP0005")]
    [InlineData("platform: {name: x}\nexpect: {^value: 1}", "CXP0003")]
    [InlineData("platform: {name: x}\nsteps: [{read: /sys/x, expect: {^warned: CXK0012}}]", "CXP0003")]
    public void WrongFile_IsFoundAtItsPlace(string text, string number)
    {
        int at = text.IndexOf('^', StringComparison.Ordinal);
        (int line, int column) = (text[..at].Count(c => c == '\n') + 1, at - text.LastIndexOf('\n', at));

        ScenarioReadResult read = Read(text.Remove(at, 1));

        read.Cases.Should().BeEmpty();
        read.Diagnostics.Should().ContainSingle().Which.Should().Match<Diagnostic>(
            found => found.Id == number && (found.Location.Line == line || number == "CXS0004") && (found.Location.Column == column || number == "CXS0004" && found.Location.Line == line));
    }

    [Fact]
    public void TooManyCases_AreRefused()
    {
        string values = string.Join(", ", Enumerable.Range(0, 101));

        Read($"platform: {{name: x}}\nmatrix: {{a: [{values}], b: [{values}]}}\n").Diagnostics.Should().ContainSingle().Which.Id.Should().Be("CXS0003");
    }

    [Fact]
    public void FilesThatIncludeEachOther_AreNamedInTheirOrder()
    {
        Write("a.yaml", "- include: b.yaml\n");
        Write("b.yaml", "- include: a.yaml\n");

        Read("platform: {name: x}\nsteps: [{include: a.yaml}]\n").Diagnostics.Should().ContainSingle().Which.Message.Should().EndWith("s.yaml > a.yaml > b.yaml > a.yaml");
    }

    private ScenarioReadResult Read(string text, string name = "s.yaml") => ScenarioReader.ReadFile(Write(name, text));

    private string Write(string name, string text)
    {
        string path = Path.Combine(_folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }
}
