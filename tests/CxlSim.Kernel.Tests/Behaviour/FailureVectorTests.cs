using CxlSim.Core;
using CxlSim.Session;

namespace CxlSim.Kernel.Tests;

/// <summary>What is refused, where, and with which error (fact sheet on the CXL driver, group E).</summary>
public sealed class FailureVectorTests
{
    private const string Region = Given.Devices + "region0/";

    [Theory]
    [InlineData(2, 3, Errno.EINVAL)]
    [InlineData(2, 6, Errno.EINVAL)]
    [InlineData(2, 12, Errno.EINVAL)]
    [InlineData(2, 8, Errno.Ok)]
    [InlineData(3, 12, Errno.Ok)]
    [InlineData(3, 9, Errno.EINVAL)]
    [InlineData(3, 6, Errno.Ok)]
    [InlineData(3, 4, Errno.EINVAL)]
    [InlineData(1, 16, Errno.Ok)]
    [InlineData(1, 5, Errno.EINVAL)]
    [InlineData(1, 32, Errno.EINVAL)]
    [InlineData(1, 0, Errno.EINVAL)]
    public void Ways_HaveToMultiplyTheWindowsByAPowerOfTwo(int windowWays, int ways, Errno expected)
    {
        string bridges = string.Join(", ", Enumerable.Range(1, windowWays).Select(uid => $"{{uid: {uid}, bus: {uid * 16}, root_ports: [{{type3: {{volatile: 256MiB}}}}]}}"));
        MachineSession session = Given.Booted($$"""
            host_bridges: [{{bridges}}]
            windows: [{base: 0x3000000000, size: 3GiB, targets: [{{string.Join(", ", Enumerable.Range(1, windowWays))}}], restrictions: 0xf}]
            """);
        session.Write(Given.Devices + "decoder0.0/create_ram_region", "region0").Should().Be(Errno.Ok);
        session.Write(Region + "interleave_granularity", "256").Should().Be(Errno.Ok);
        session.Write(Region + "interleave_ways", $"{ways}").Should().Be(expected);
    }

    [Theory]
    [InlineData("[bits_8_to_11, bits_12_to_14, ways_3_6_12]", 16, 256, Errno.ENXIO)]
    [InlineData("[bits_8_to_11, bits_12_to_14, ways_16]", 16, 256, Errno.Ok)]
    [InlineData("[bits_8_to_11]", 4, 4096, Errno.ENXIO)]
    [InlineData("[bits_8_to_11]", 4, 1024, Errno.Ok)]
    [InlineData("[bits_8_to_11]", 2, 4096, Errno.ENXIO)]
    [InlineData("[]", 1, 256, Errno.Ok)]
    [InlineData("[]", 2, 256, Errno.ENXIO)]
    public void Endpoint_WithoutTheCapability_IsRefusedAsTarget0(string capabilities, int ways, int granularity, Errno expected)
    {
        (MachineSession session, LogSink log) = With($"{{volatile: 256MiB, interleave: {capabilities}}}", ways, granularity);
        session.Write(Region + "target0", "decoder2.0").Should().Be(expected);
        if (expected != Errno.Ok)
        {
            log.Lines.Should().Contain($"cxl region0: decoder2.0 iw: {ways} ig: {granularity} is not supported");
        }
    }

    [Fact]
    public void AByteThatNoDecoderMaps_HasNoAddress()
    {
        MachineSession session = Given.AfterSteps("""
            host_bridges: [{uid: 1, bus: 16, root_ports: [{type3: {volatile: 512MiB}}]}]
            windows: [{base: 0x3000000000, size: 4GiB, targets: [1], restrictions: 0xf}]
            steps: [{create-region: {decoder: decoder0.0, size: 256MiB}}]
            """);
        CxlMemdev memdev = session.Kernel.Cxl.Bus.Devices.OfType<CxlMemdev>().Single();
        memdev.DecoderOf(new Dpa(0x0fff_ffff)).Should().NotBeNull();
        memdev.DecoderOf(new Dpa(0x1000_0000)).Should().BeNull();
    }

    /// <summary>One device below one bridge, and a region without members.</summary>
    private static (MachineSession Session, LogSink Log) With(string device, int ways, int granularity)
    {
        MachineSession session = Given.Booted(
            $$"""
            host_bridges: [{uid: 1, bus: 16, root_ports: [{type3: {{device}}}, {}]}]
            windows: [{base: 0x3000000000, size: 8GiB, targets: [1], restrictions: 0xf}]
            """,
            out LogSink log);
        session.Write(Given.Devices + "decoder0.0/create_ram_region", "region0").Should().Be(Errno.Ok);
        session.Write(Region + "interleave_granularity", $"{granularity}").Should().Be(Errno.Ok);
        session.Write(Region + "interleave_ways", $"{ways}").Should().Be(Errno.Ok);
        session.Write(Region + "size", $"{ways * 0x1000_0000L}").Should().Be(Errno.Ok);
        session.Write(Given.Devices + "decoder2.0/mode", "ram").Should().Be(Errno.Ok);
        session.Write(Given.Devices + "decoder2.0/dpa_size", "0x10000000").Should().Be(Errno.Ok);
        return (session, log);
    }
}
