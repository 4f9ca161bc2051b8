using System.Text.Json;
using CxlSim.Core;
using CxlSim.Kernel;
using CxlSim.Platform;

namespace CxlSim.Views.Tests;

/// <summary>Findings in the three forms: as a compiler says them, as JSON, as SARIF.</summary>
public sealed class CheckViewsTests
{
    private static readonly CheckFinding InText = CheckFinding.Of(new Diagnostic("CXP0003", DiagnosticSeverity.Error, "found 'naem'; did you mean 'name'?", new SourceLocation("dir/a b.yaml", 3, 7)));

    private static readonly CheckFinding InTable = CheckFinding.Of(
        new KernelFinding(KernelRules.WindowBase, new TablePlace("CEDT", 0x4c, 8), "a Base HPA of 0x1001", new FieldValue("CEDT", "Base HPA", 0x4c, 8, 0x1000_0000)),
        new CheckPlace("dump/cedt.dat", 0, 0, "CEDT", 0x4c, 8, IsBinary: true));

    private static readonly CheckFinding InDumpText = InTable with { Place = InTable.Place with { File = "acpidump.txt", IsBinary = false } };

    [Fact]
    public void Text_IsACompilersMessage()
    {
        InText.ToString().Should().Be("dir/a b.yaml:3:7: error CXP0003: found 'naem'; did you mean 'name'?");
        InTable.ToString().Should().Be(
            "dump/cedt.dat: offset 0x4c: warning CXK0003: found a Base HPA of 0x1001; Linux leaves the window out; nearest value that works: Base HPA 0x10000000");
        InDumpText.ToString().Should().StartWith("acpidump.txt: CEDT offset 0x4c: warning CXK0003: ");
    }

    [Fact]
    public void Json_HasPlaceAndNearestValue()
    {
        JsonElement json = JsonDocument.Parse(CheckJson.Render([InText, InTable])).RootElement;

        (json.GetProperty("errors").GetInt32(), json.GetProperty("warnings").GetInt32()).Should().Be((1, 1));
        JsonElement[] findings = [.. json.GetProperty("findings").EnumerateArray()];
        findings[0].EnumerateObject().Select(member => $"{member.Name}={member.Value}").Should().Equal(
            "rule=CXP0003", "severity=error", "file=dir/a b.yaml", "line=3", "column=7", "message=found 'naem'; did you mean 'name'?");
        findings[1].EnumerateObject().Select(member => member.Name).Should().Equal("rule", "severity", "file", "table", "offset", "length", "message", "nearest");
        findings[1].GetProperty("nearest").ToString().ReplaceLineEndings("").Replace(" ", "").Should().Be("""{"table":"CEDT","field":"BaseHPA","offset":76,"width":8,"value":"0x10000000"}""");
    }

    /// <summary>What SARIF 2.1.0 requires: version and runs (3.13), tool.driver.name (3.18, 3.19), message.text (3.27, 3.11), and rules by index (3.52).</summary>
    [Fact]
    public void Sarif_HasWhatTheStandardRequires()
    {
        JsonElement log = JsonDocument.Parse(CheckSarif.Render([InText, InTable])).RootElement;

        log.GetProperty("version").GetString().Should().Be("2.1.0");
        log.GetProperty("$schema").GetString().Should().EndWith("/sarif-schema-2.1.0.json");
        JsonElement run = log.GetProperty("runs").EnumerateArray().Should().ContainSingle().Subject;
        JsonElement driver = run.GetProperty("tool").GetProperty("driver");
        driver.GetProperty("name").GetString().Should().Be("cxlsim");
        JsonElement[] rules = [.. driver.GetProperty("rules").EnumerateArray()];
        rules.Select(rule => rule.GetProperty("id").GetString()).Should().Equal(DiagnosticCatalog.All.Select(rule => rule.Number).Concat(KernelRules.All.Select(rule => rule.Number)));
        rules.Should().OnlyContain(rule => rule.GetProperty("help").GetProperty("text").GetString()!.Length > 10
            && rule.GetProperty("shortDescription").GetProperty("text").GetString()!.Length > 5);
        foreach (JsonElement result in run.GetProperty("results").EnumerateArray())
        {
            JsonElement rule = rules[result.GetProperty("ruleIndex").GetInt32()];
            rule.GetProperty("id").GetString().Should().Be(result.GetProperty("ruleId").GetString());
            rule.GetProperty("defaultConfiguration").GetProperty("level").GetString().Should().Be(result.GetProperty("level").GetString());
            result.GetProperty("message").GetProperty("text").GetString().Should().NotBeEmpty();
        }
    }

    [Fact]
    public void Sarif_PlacesLinesAndBytes()
    {
        JsonElement[] results = [.. JsonDocument.Parse(CheckSarif.Render([InText, InTable, InDumpText])).RootElement.GetProperty("runs")[0].GetProperty("results").EnumerateArray()];

        Squeezed(results[0].GetProperty("locations")).Should().Be("""[{"physicalLocation":{"artifactLocation":{"uri":"dir/a%20b.yaml"},"region":{"startLine":3,"startColumn":7}}}]""");
        Squeezed(results[1].GetProperty("locations")).Should().Be("""[{"physicalLocation":{"artifactLocation":{"uri":"dump/cedt.dat"},"region":{"byteOffset":76,"byteLength":8}}}]""");
        Squeezed(results[1].GetProperty("fixes")[0].GetProperty("artifactChanges")).Should().Be(
            """[{"artifactLocation":{"uri":"dump/cedt.dat"},"replacements":[{"deletedRegion":{"byteOffset":76,"byteLength":8},"insertedContent":{"binary":"AAAAEAAAAAA="}}]}]""");
        results[2].TryGetProperty("fixes", out _).Should().BeFalse("a text has no bytes to replace");
    }

    [Fact]
    public void NoFinding_IsAnEmptyList()
    {
        JsonDocument.Parse(CheckJson.Render([])).RootElement.GetProperty("findings").GetArrayLength().Should().Be(0);
        JsonDocument.Parse(CheckSarif.Render([])).RootElement.GetProperty("runs")[0].GetProperty("results").GetArrayLength().Should().Be(0);
    }

    private static string Squeezed(JsonElement element) => JsonSerializer.Serialize(element);
}
