using CxlSim.Core;
using CxlSim.Kernel;
using CxlSim.Spec.Cxl;

namespace CxlSim.Session.Tests;

/// <summary>DRAM before a card's memory that caches it and adds to it (<c>drivers/acpi/numa/hmat.c</c>, <c>drivers/cxl/core/region.c</c>: cxl_extended_linear_cache_resize).</summary>
public sealed class ExtendedLinearCacheTests
{
    private static string Cached(string version, string cache) => $$$"""
        name: cached
        kernel: {version: {{{version}}}, command_line: memhp_default_state=online_movable}
        memory:
          nodes: [{pxm: 0, size: 2GiB}, {pxm: 1, cpus: 0, ranges: [0x1000000000-0x101fffffff]}]
          efi: [{range: 0x0-0x9ffff, type: conventional}, {range: 0x100000-0x7f7fffff, type: conventional}, {range: 0x7f800000-0x7fffffff, type: acpi_reclaim}]
          srat:
            - {cpu: 0, pxm: 0}
            - {memory: 0x0-0x7fffffff, pxm: 0}
            - {memory: 0x1000000000-0x103fffffff, pxm: 1, hotplug: true}
          hmat: [{cache: {memory: 1, size: {{{cache}}}, address_mode: extended_linear}}]
        firmware: {decoders: programmed}
        host_bridges:
          - {uid: 5, bus: 0x10, component_registers: 0x2000000000, hdm_decoders: 4, root_ports: [{at: 00.0, port: 0, type3: {id: left, volatile: 256MiB}}, {at: 01.0, port: 1, type3: {id: right, volatile: 256MiB}}]}
        windows: [{base: 0x1020000000, size: 512MiB, encoded_base: 0x1000000000, encoded_size: 1GiB, targets: [5]}]
        """;

    /// <summary>The region has both, its decoders only the cards'; what a card says of its bytes is behind the DRAM.</summary>
    [Theory]
    [InlineData("6.15")]
    [InlineData("7.2")]
    public void Region_HasCacheAndCards(string version)
    {
        MachineSession session = Given.Booted(Cached(version, "512MiB"));
        CxlRegion region = (CxlRegion)session.Kernel.Cxl.Bus.Find("region0")!;

        (region.State, region.Ways).Should().Be((RegionState.Commit, 2));
        session.Read("/sys/bus/cxl/devices/region0/resource").Text.Should().Be("0x1000000000");
        session.Read("/sys/bus/cxl/devices/region0/size").Text.Should().Be("0x40000000");
        session.Read("/sys/bus/cxl/devices/decoder1.0/start").Text.Should().Be("0x1020000000");
        session.Read("/sys/bus/dax/devices/dax0.0/size").Text.Should().Be("1073741824");
        region.ToHpa(region.Targets[1]!.Memdev, Dpa.Zero)!.Value.Value.Should().Be(0x10_2000_0100);
        session.Do(["store: {hpa: 0x1020000100, value: 7}", "load: {device: right, dpa: 0, value: 7}", "store: {hpa: 0x1000000000, value: 8}", "load: {hpa: 0x1000000000, value: 8}"]);
        session.CheckPlacement().Should().HaveCount(3).And.OnlyContain(check => check.Found);
    }

    /// <summary>Older kernels know only of the cards, and none takes a cache of another size than theirs.</summary>
    [Theory]
    [InlineData("6.14", "512MiB", false)]
    [InlineData("7.2", "256MiB", true)]
    public void RegionWithoutTheCache_IsTheCardsAlone(string version, string cache, bool complains)
    {
        MachineSession session = Given.Booted(Cached(version, cache));

        session.Read("/sys/bus/cxl/devices/region0/resource").Text.Should().Be("0x1020000000");
        session.Read("/sys/bus/cxl/devices/region0/size").Text.Should().Be("0x20000000");
        session.Kernel.Log.Lines.Any(line => line.Text.Contains("extended linear cache", StringComparison.Ordinal)).Should().Be(complains);
    }

    /// <summary>The attribute came later than the cache itself, and is only where there is one.</summary>
    [Theory]
    [InlineData("6.15", "512MiB", null)]
    [InlineData("6.19", "512MiB", "0x0000000020000000")]
    [InlineData("6.19", "256MiB", null)]
    public void SizeOfTheCache_IsShown(string version, string cache, string? shown)
    {
        MachineSession session = Given.Booted(Cached(version, cache));

        (session.Kernel.Sysfs.Find("/sys/bus/cxl/devices/region0/extended_linear_cache_size") is null ? null : session.Read("/sys/bus/cxl/devices/region0/extended_linear_cache_size").Text).Should().Be(shown);
        session.Read("/sys/devices/system/node/node1/memory_side_cache/index1/address_mode").Text.Should().Be("0x1");
    }

    /// <summary>A byte of a card is also where the DRAM before it has it; of poison the driver first added where it had to subtract (<c>drivers/cxl/core/trace.h</c>).</summary>
    [Theory]
    [InlineData("6.15", "hpa=0x1020000100 hpa_alias0=0x1040000100 ")]
    [InlineData("6.17", "hpa=0x1020000100 hpa_alias0=0x1040000100 ")]
    [InlineData("6.18", "hpa=0x1020000100 hpa_alias0=0x1000000100 ")]
    public void Traces_TellTheOtherAddress(string version, string poison)
    {
        MachineSession session = Given.Booted(Cached(version, "512MiB"));
        session.Kernel.Tracing.Main.Enabled.UnionWith(session.Kernel.Tracing.Events);
        string right = ((CxlRegion)session.Kernel.Cxl.Bus.Find("region0")!).Targets[1]!.Memdev.Name;
        byte[] record = new byte[EventRecord.Size];
        EventRecord.Dram.ToByteArray(bigEndian: true).CopyTo(record, 0);

        session.Write($"/sys/kernel/debug/cxl/{right}/inject_poison", "0").Should().Be(Errno.Ok);
        session.Machine.DeviceActions.AddEvent("right", EventLogKind.Fatal, record).Should().Be(Errno.Ok);
        session.Machine.Simulation.RunUntilIdle();

        session.Kernel.Tracing.Main.Take()!.Text.Should().Contain(poison);
        TraceEntry dram = session.Kernel.Tracing.Main.Take()!;
        dram.Text.Should().Contain(" hpa=1020000100 hpa_alias0=1000000100 region=region0 ");
        dram.Number("hpa_alias0").Should().Be(0x10_0000_0100);
    }
}
