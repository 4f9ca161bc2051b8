using System.Text.Json;
using CxlSim.Core;
using CxlSim.Engine;

namespace CxlSim.Views.Tests;

/// <summary>The JSON is for programs: names and order are a promise.</summary>
public class RunReportJsonTests
{
    private static readonly RunReport Report = new(
        "p \"1\"",
        "6.12",
        ulong.MaxValue,
        "Running",
        [new DeviceRow("card", "mem0 0000:11:00.0", "1 GiB", "decoder2.0", "region0", "dax0.0 kmem", "8 (512-519)", "1", "Normal", "online")],
        [new PlacementCheck("region0", new Hpa(0x1000), "card", new Dpa(0x20), true)],
        [new StepOutcome("read /sys/x", Errno.ENOENT, Errno.Ok, "", new SourceLocation("p.yaml", 7, 5))],
        new SimDuration(2_000),
        new SimDuration(3_000),
        42)
    {
        Capacities = [new DeviceCapacity("card", "mem0 0000:11:00.0", ByteSize.GiB(1), [new CapacityPart(ByteSize.GiB(1), CapacityUse.Stranded, "decoder0.0", "why", "CXK0001")])],
    };

    private static readonly JsonElement Root = JsonDocument.Parse(RunReportJson.Render(Report, 1.23456)).RootElement;

    [Fact]
    public void Members_HaveAFixedOrder()
    {
        Names(Root).Should().Equal(
            "platform", "kernel", "seed", "phase", "devices", "capacities", "lost", "checks", "steps", "kernel_time_ps", "virtual_time_ps", "events", "wall_ms");
        Names(Root.GetProperty("devices")[0]).Should().Equal(
            "device", "memdev", "capacity", "decoder", "region", "dax", "blocks", "node", "zone", "state");
        Names(Root.GetProperty("capacities")[0]).Should().Equal("device", "memdev", "bytes", "in_use", "free", "stranded", "parts");
        Names(Root.GetProperty("capacities")[0].GetProperty("parts")[0]).Should().Equal("bytes", "use", "way", "why", "rule");
        Names(Root.GetProperty("checks")[0]).Should().Equal("region", "hpa", "device", "dpa", "found");
        Names(Root.GetProperty("steps")[0]).Should().Equal("step", "error", "expected", "result", "location");
    }

    [Fact]
    public void Values_AreThoseOfTheReport()
    {
        Root.GetProperty("platform").GetString().Should().Be("p \"1\"");
        Root.GetProperty("seed").GetUInt64().Should().Be(ulong.MaxValue);
        Root.GetProperty("devices")[0].GetProperty("state").GetString().Should().Be("online");
        Root.GetProperty("checks")[0].GetProperty("hpa").GetString().Should().Be("0x1000");
        Root.GetProperty("checks")[0].GetProperty("dpa").GetString().Should().Be("0x20");
        Root.GetProperty("checks")[0].GetProperty("found").GetBoolean().Should().BeTrue();
        Root.GetProperty("steps")[0].GetProperty("error").GetString().Should().Be("ENOENT");
        Root.GetProperty("steps")[0].GetProperty("location").GetString().Should().Be("p.yaml:7:5");
        Root.GetProperty("kernel_time_ps").GetInt64().Should().Be(2_000);
        Root.GetProperty("virtual_time_ps").GetInt64().Should().Be(3_000);
        Root.GetProperty("events").GetInt64().Should().Be(42);
        Root.GetProperty("wall_ms").GetDouble().Should().Be(1.235);
    }

    [Fact]
    public void RefusedStep_HasItsReason()
    {
        StepOutcome step = Given.Booted().Do("create-region: {decoder: decoder0.0, size: 100MiB}");
        JsonElement refusal = JsonDocument.Parse(RunReportJson.Render(Report with { Steps = [step] }, 0)).RootElement.GetProperty("steps")[0].GetProperty("refusal");

        Names(refusal).Should().Equal("rule", "title", "object", "error", "function", "source", "reason", "values", "path", "value", "frames", "proposal", "nearest");
        Names(refusal.GetProperty("nearest")).Should().Equal("text", "new_region", "writes");
        refusal.GetProperty("values").GetProperty("unit").GetString().Should().Be("256 MiB");
        refusal.GetProperty("frames")[0].GetString().Should().Be("size_store region0");
        refusal.GetProperty("proposal").GetString().Should().Be("size: 256MiB");
        refusal.GetProperty("nearest").GetProperty("writes")[0].GetProperty("value").GetString().Should().Be("268435456");
    }

    /// <summary>Who compares two runs leaves out this one member.</summary>
    [Fact]
    public void WallTime_IsTheOnlyMemberThatVaries()
    {
        Names(Root).Where(name => name.Contains("wall", StringComparison.Ordinal)).Should().Equal("wall_ms");
        string one = RunReportJson.Render(Given.Booted().Report(), 1);
        string two = RunReportJson.Render(Given.Booted().Report(), 1);
        one.Should().Be(two);
    }

    [Fact]
    public void Text_EndsWithOneLineBreak() => RunReportJson.Render(Report, 0).Should().EndWith("}\n");

    private static IEnumerable<string> Names(JsonElement element) => element.EnumerateObject().Select(member => member.Name);
}
