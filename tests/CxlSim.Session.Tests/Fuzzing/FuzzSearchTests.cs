namespace CxlSim.Session.Tests;

/// <summary>The short form of <c>cxlsim fuzz</c>; the long form is the command.</summary>
public class FuzzSearchTests
{
    private const int Cases = 40;

    /// <summary>A window over DRAM: the board warns of it, and what is stored there arrives in DRAM.</summary>
    private static readonly FuzzNode WindowOverDram = FuzzNode.Map(
        ("name", "over-dram"),
        ("platform", FuzzNode.Map(
            ("memory", FuzzNode.Map(("dram", "8GiB"))),
            ("host_bridges", FuzzNode.List([Bridge("1"), Bridge("2")])),
            ("windows", FuzzNode.List([FuzzNode.Map(("base", "0x140000000"), ("targets", FuzzNode.List(["1"]))), FuzzNode.Map(("targets", FuzzNode.List(["2"])))])))),
        ("steps", FuzzNode.List([
            FuzzNode.Map(("create-region", FuzzNode.Map(("decoder", "decoder0.1")))),
            FuzzNode.Map(("create-region", FuzzNode.Map(("decoder", "decoder0.0")))),
            FuzzNode.Map(("free", "nobody")),
        ])));

    [Fact]
    public void RandomCases_BreakNothing()
    {
        FuzzCase?[] cases = [.. Enumerable.Range(1, Cases).Select(seed => FuzzCase.Of((ulong)seed))];

        cases.Select((found, index) => $"seed {index + 1}: {found?.Failure}").Where(text => !text.EndsWith(": ", StringComparison.Ordinal)).Should().BeEmpty();
        cases.Count(found => found is not null).Should().BeGreaterThan(Cases / 2);
    }

    [Fact]
    public void SameSeed_GivesTheSameFile() => FuzzCase.Of(7)!.File.Render().Should().Be(FuzzCase.Of(7)!.File.Render());

    [Fact]
    public void FailingCase_IsMadeSmall_AndFailsInTheSameWay()
    {
        FuzzCase failing = FuzzCase.Of(WindowOverDram)!;
        failing.Failure!.Invariant.Should().Be("bytes-arrive");

        (FuzzNode file, FuzzFailure failure) = FuzzShrinker.Shrink(failing, () => true);

        failure.Invariant.Should().Be("bytes-arrive");
        file.Size.Should().BeLessThan(failing.File.Size);
        file["steps"]!.Items.Should().ContainSingle();
        file["platform"]!["host_bridges"]!.Items.Should().ContainSingle();
        FuzzCase.Of(file)!.Failure!.Invariant.Should().Be("bytes-arrive");
    }

    /// <summary>The device of the second bridge has decoder4.0, and decoder2.0 where the first bridge is left out.</summary>
    [Fact]
    public void StepsOfSmallerCase_CallThePartsByTheirNewNames()
    {
        const string devices = "/sys/bus/cxl/devices/";
        FuzzNode file = FuzzNode.Map(
            ("name", "over-dram"),
            ("platform", FuzzNode.Map(
                ("memory", FuzzNode.Map(("dram", "8GiB"))),
                ("host_bridges", FuzzNode.List([Bridge("1"), Bridge("2")])),
                ("windows", FuzzNode.List([FuzzNode.Map(("targets", FuzzNode.List(["1"]))), FuzzNode.Map(("base", "0x140000000"), ("targets", FuzzNode.List(["2"])))])))),
            ("steps", FuzzNode.List([
                FuzzStep.Write(devices + "decoder0.1/create_ram_region", "region1"),
                FuzzStep.Write(devices + "region1/interleave_granularity", "256"),
                FuzzStep.Write(devices + "region1/interleave_ways", "1"),
                FuzzStep.Write(devices + "region1/size", "268435456"),
                FuzzStep.Write(devices + "decoder4.0/mode", "ram"),
                FuzzStep.Write(devices + "decoder4.0/dpa_size", "268435456"),
                FuzzStep.Write(devices + "region1/target0", "decoder4.0"),
                FuzzStep.Write(devices + "region1/commit", "1"),
            ])));

        (FuzzNode smallest, FuzzFailure failure) = FuzzShrinker.Shrink(FuzzCase.Of(file)!, () => true);

        failure.Invariant.Should().Be("bytes-arrive");
        smallest["platform"]!["host_bridges"]!.Items.Should().ContainSingle();
        smallest["platform"]!["windows"]!.Items.Should().ContainSingle();
        smallest["steps"]!.Items.Should().HaveCount(8);
        smallest["steps"]!.ToString().Should().Contain("decoder0.0/create_ram_region").And.Contain("region0/target0, value: decoder2.0");
    }

    private static FuzzNode Bridge(string uid) =>
        FuzzNode.Map(("uid", uid), ("bus", uid + "6"), ("root_ports", FuzzNode.List([FuzzNode.Map(("type3", FuzzNode.Map(("volatile", "256MiB"))))])));
}
