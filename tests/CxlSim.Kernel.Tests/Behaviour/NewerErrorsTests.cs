using CxlSim.Core;
using CxlSim.Session;

namespace CxlSim.Kernel.Tests;

/// <summary>Answers of Linux 7.2 that are others than those of 6.12 (recordings 08-user-errors, linux7.2 variants).</summary>
public sealed class NewerErrorsTests
{
    [Theory]
    [InlineData("6.12", Errno.EINVAL, Errno.ENXIO, Errno.EINVAL)]
    [InlineData("7.2", Errno.EBUSY, Errno.EINVAL, Errno.ENODEV)]
    public void DecodersWithoutAMode_AnswerByVersion(string version, Errno size, Errno mode, Errno target)
    {
        MachineSession session = Booted(version, "os");
        session.Write(Given.Devices + "decoder2.0/dpa_size", "0x10000000").Should().Be(size);
        session.Write(Given.Devices + "decoder2.0/mode", "pmem").Should().Be(mode);
        session.Write(Given.Devices + "decoder0.0/create_ram_region", "region0").Should().Be(Errno.Ok);
        session.Write(Given.Devices + "region0/interleave_ways", "1").Should().Be(Errno.Ok);
        session.Write(Given.Devices + "region0/interleave_granularity", "256").Should().Be(Errno.Ok);
        session.Write(Given.Devices + "region0/target0", "decoder2.0").Should().Be(target);
    }

    /// <summary>The lines of both, as they were read of a device with both kinds of memory, for other numbers.</summary>
    [Theory]
    [InlineData("6.14", "mode not set", "no available pmem capacity", "0x0000000040000000 exceeds available ram capacity: 0x0000000020000000", "region mode: 2 mismatch: 1")]
    [InlineData("6.15", "partition not set", "unsupported mode: 1", "1073741824 exceeds available ram capacity: 536870912", "region mode: 1 mismatch")]
    public void WhatIsSaidOfDecoders_FollowsTheVersion(string version, string unset, string absent, string room, string mismatch)
    {
        MachineSession session = Booted(version, "os", 0xf, out LogSink log);
        session.Write(Given.Devices + "decoder2.0/dpa_size", "0x10000000");
        session.Write(Given.Devices + "decoder2.0/mode", "pmem");
        session.Write(Given.Devices + "decoder2.0/mode", "ram").Should().Be(Errno.Ok);
        session.Write(Given.Devices + "decoder2.0/dpa_size", "0x40000000").Should().Be(Errno.ENOSPC);
        session.Write(Given.Devices + "decoder0.0/create_pmem_region", "region0").Should().Be(Errno.Ok);
        session.Write(Given.Devices + "region0/interleave_ways", "1").Should().Be(Errno.Ok);
        session.Write(Given.Devices + "region0/interleave_granularity", "256").Should().Be(Errno.Ok);
        session.Write(Given.Devices + "decoder2.0/dpa_size", "0x10000000").Should().Be(Errno.Ok);

        session.Write(Given.Devices + "region0/target0", "decoder2.0").Should().Be(Errno.EINVAL);

        log.Lines.Should().ContainInOrder(
            $"cxl decoder2.0: {unset}", $"cxl decoder2.0: {absent}", $"cxl decoder2.0: {room}", $"cxl region0: decoder2.0 {mismatch}");
    }

    [Fact]
    public void DecodersWithoutAPartition_AreDead()
    {
        MachineSession session = Booted("7.2", "os", 6, out LogSink log);
        session.Write(Given.Devices + "decoder0.0/create_ram_region", "region0").Should().Be(Errno.Ok);
        session.Write(Given.Devices + "region0/interleave_ways", "1").Should().Be(Errno.Ok);
        session.Write(Given.Devices + "region0/interleave_granularity", "256").Should().Be(Errno.Ok);

        session.Write(Given.Devices + "region0/target0", "decoder2.0").Should().Be(Errno.ENODEV);

        log.Lines.Should().Contain("cxl region0: decoder2.0 dead");
    }

    /// <summary>Its decoders stay committed when their device goes. When it comes again they are found, and the region, which a user made, has no place for one that brings none: seen on Linux 7.2.12.</summary>
    [Fact]
    public void AMemberOfALockedRegion_DoesNotComeBackByItself()
    {
        MachineSession session = Booted("7.2", "os", 22, out LogSink log);
        foreach ((string file, string value) in new[]
        {
            ("devices/decoder0.0/create_ram_region", "region0"), ("devices/region0/interleave_granularity", "256"), ("devices/region0/interleave_ways", "1"),
            ("devices/region0/size", "0x10000000"), ("devices/decoder2.0/mode", "ram"), ("devices/decoder2.0/dpa_size", "0x10000000"), ("devices/region0/target0", "decoder2.0"),
            ("devices/region0/commit", "1"), ("drivers/cxl_mem/unbind", "mem0"), ("drivers/cxl_mem/bind", "mem0"),
        })
        {
            session.Write("/sys/bus/cxl/" + file, value).Should().Be(Errno.Ok, file);
        }

        session.Text(Given.Devices + "decoder2.0/size").Should().Be("0x10000000", "it is still committed");
        session.Text(Given.Devices + "region0/target0").Should().BeEmpty();
        log.Lines.Should().ContainInOrder("cxl region0: position -1 out of range 1", "cxl_port endpoint2: failed to attach decoder2.0 to region0: -6");
    }

    [Theory]
    [InlineData("7.2", "programmed", 6, "0")]
    [InlineData("7.2", "locked", 6, "1")] // the endpoint's decoder is
    [InlineData("7.2", "programmed", 22, "1")] // the window is
    public void Regions_ShowWhetherTheyAreLocked(string version, string firmware, int restrictions, string locked) =>
        Booted(version, firmware, restrictions).Text(Given.Devices + "region0/locked").Should().Be(locked);

    [Fact]
    public void Regions_HadNoSuchFile() => Booted("6.12", "locked").Read(Given.Devices + "region0/locked").Error.Should().Be(Errno.ENOENT);

    /// <summary>Linux 6.19 asks already, but not in the right way (0a70b7cd397e mends it).</summary>
    [Theory]
    [InlineData("6.19", "locked", 6, Errno.Ok)]
    [InlineData("7.0", "locked", 6, Errno.EPERM)]
    [InlineData("7.0", "programmed", 22, Errno.EPERM)]
    [InlineData("7.0", "programmed", 6, Errno.Ok)]
    public void LockedRegions_AreNotTakenBack(string version, string firmware, int restrictions, Errno answer)
    {
        MachineSession session = Booted(version, firmware, restrictions);

        session.Write(Given.Devices + "region0/commit", "0").Should().Be(answer);

        session.Text(Given.Devices + "region0/commit").Should().Be(answer == Errno.Ok ? "0" : "1");
        (session.Kernel.Cxl.Bus.Find("dax_region0") is null).Should().Be(answer == Errno.Ok, "its driver goes before the reset");
    }

    /// <summary>A member can be let go, though; hardware does not hear of it.</summary>
    [Theory]
    [InlineData("6.19", "0")]
    [InlineData("7.0", "1")]
    public void MembersOfLockedRegions_LeaveTheirDecodersCommitted(string version, string committed)
    {
        MachineSession session = Booted(version, "programmed", restrictions: 22);

        session.Write(Given.Devices + "region0/target0", string.Empty).Should().Be(Errno.Ok);

        session.Text(Given.Devices + "region0/commit").Should().Be("0");
        session.Text(Given.Devices + "endpoint2/decoders_committed").Should().Be(committed);
    }

    /// <summary>The line as in recording 01 of Linux 7.2, for another decoder and error.</summary>
    [Theory]
    [InlineData("6.15", false)]
    [InlineData("6.16", true)]
    public void WhatCannotBeAttached_IsSaid(string version, bool isSaid)
    {
        MachineSession session = Booted(version, "os", 6, out LogSink log);
        session.Write(Given.Devices + "decoder0.0/create_ram_region", "region0").Should().Be(Errno.Ok);
        session.Write(Given.Devices + "region0/interleave_ways", "1").Should().Be(Errno.Ok);
        session.Write(Given.Devices + "region0/interleave_granularity", "256").Should().Be(Errno.Ok);

        session.Write(Given.Devices + "region0/target0", "decoder2.0").Should().Be(Errno.ENODEV);

        log.Graded.Contains("W cxl_port endpoint2: failed to attach decoder2.0 to region0: -19").Should().Be(isSaid);
    }

    private static MachineSession Booted(string version, string firmware, int restrictions = 6) => Booted(version, firmware, restrictions, out _);

    private static MachineSession Booted(string version, string firmware, int restrictions, out LogSink log) => Given.Booted($$"""
        kernel: {version: "{{version}}"}
        firmware: {decoders: {{firmware}} }
        host_bridges: [{uid: 5, bus: 0x10, root_ports: [{type3: {volatile: 512MiB} }] }]
        windows: [{base: 0x1000000000, size: 512MiB, targets: [5], restrictions: {{restrictions}} }]
        """, out log);
}
