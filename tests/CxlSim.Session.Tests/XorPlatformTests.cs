using CxlSim.Core;
using CxlSim.Machine;
using CxlSim.Platform;

namespace CxlSim.Session.Tests;

/// <summary>The machine with a four-way XOR window, after the steps of its file (rows S40 to S44 of the sheet on address translation).</summary>
public class XorPlatformTests
{
    private static readonly MachineSession Session = Run();

    [Theory]
    [InlineData("decoder0.0", "0x1000000000", "4", "256", "0,1,2,3")]
    [InlineData("decoder1.0", "0x1000000000", "1", "1024", "0")]
    [InlineData("decoder4.0", "0x1000000000", "1", "1024", "0")]
    [InlineData("decoder5.0", "0x1000000000", "4", "256", null)]
    public void Decoders_AreThoseOfAnyFourWayRegion(string decoder, string start, string ways, string granularity, string? targets)
    {
        Read($"{decoder}/start").Should().Be(start);
        Read($"{decoder}/size").Should().Be("0x400000000");
        Read($"{decoder}/interleave_ways").Should().Be(ways);
        Read($"{decoder}/interleave_granularity").Should().Be(granularity);
        if (targets is not null)
        {
            Read($"{decoder}/target_list").Should().Be(targets);
        }
    }

    [Fact]
    public void Region_IsCommittedAndItsMemoryOnline()
    {
        Read("region0/resource").Should().Be("0x1000000000");
        Read("region0/interleave_ways").Should().Be("4");
        Read("region0/commit").Should().Be("1");
        Session.Read("/sys/devices/system/memory/memory512/state").Text.TrimEnd().Should().Be("online");
        Session.Read("/sys/devices/system/memory/memory639/state").Text.TrimEnd().Should().Be("online");
    }

    [Theory]
    [InlineData(0x1000000100, "hb1", 0x0)]
    [InlineData(0x1000000300, "hb3", 0x0)]
    [InlineData(0x100000c000, "hb3", 0x3000)]
    [InlineData(0x1000c0c300, "hb3", 0x303000)]
    [InlineData(0x1007654321, "hb3", 0x1d95021)]
    public void StoredByte_LandsOnTheMember(ulong address, string device, ulong dpa)
    {
        byte tag = (byte)(0x80 | Bits.ByteAt(address, 1));
        Session.Machine.Store(new Hpa(address), [tag]).Should().Be(BusResult.Done);

        byte[] found = new byte[1];
        Session.Machine.Media.TryRead(device, new Dpa(dpa), found).Should().BeTrue();
        found.Should().Equal(tag);
        Session.Machine.Resolve(new Hpa(address)).Should().Be(new DataPathTarget(device, new Dpa(dpa)));
    }

    private static MachineSession Run()
    {
        MachineSession session = new(new SimulatedMachine(PlatformReader.ReadFile(RepositoryRoot.File("platforms/xor-4way.yaml")).Platform!));
        session.Boot().Should().BeTrue();
        StepRunner runner = new(session);
        session.Machine.Platform.Steps.Select(runner.Run).Should().OnlyContain(outcome => outcome.IsAsExpected);
        return session;
    }

    private static string Read(string path) => Session.Read("/sys/bus/cxl/devices/" + path).Text.TrimEnd();
}
