using System.Globalization;
using CxlSim.Core;
using CxlSim.Machine;
using CxlSim.Platform;
using CxlSim.Session;

namespace CxlSim.Kernel.Tests;

/// <summary>Firmware has committed and locked the decoders; the kernel makes the region of them that its documentation shows.</summary>
public sealed class FirmwareRegionTests
{
    private const string HostBridge5 = "{uid: 5, bus: 0xd2, root_ports: [{at: 01.1, port: 0, type3: {id: m0, volatile: 128GiB, serial: 1}}";
    private const string HostBridge4 = "{uid: 4, bus: 0xa8, root_ports: [{at: 01.1, port: 0, type3: {id: m2, volatile: 128GiB, serial: 3}}";
    private const string Empty = ", {at: 01.3, port: 2}]}";
    private const string SecondOf5 = ", {at: 01.3, port: 2, type3: {id: m1, volatile: 128GiB, serial: 2}}, {at: 07.1, port: 113}]}";
    private const string SecondOf4 = ", {at: 01.3, port: 2, type3: {id: m3, volatile: 128GiB, serial: 4}}]}";

    /// <summary>Shape, ways of the window, bridge decoders as <c>uid: ways/granularity [ports]</c>, ways of the endpoints, members in order.</summary>
    public static TheoryData<string, string, string, int, string> Shapes() => new()
    {
        { $"[{HostBridge5}{Empty}]", "[5]", "5: 1/256 [0]", 1, "m0" },
        { $"[{HostBridge5}{Empty}, {HostBridge4}{Empty}]", "[5, 4]", "5: 1/512 [0], 4: 1/512 [0]", 2, "m0 m2" },
        { $"[{HostBridge5}{SecondOf5}]", "[5]", "5: 2/256 [0,2]", 2, "m0 m1" },
        { $"[{HostBridge5}{SecondOf5}, {HostBridge4}{SecondOf4}]", "[5, 4]", "5: 2/512 [0,2], 4: 2/512 [0,2]", 4, "m0 m2 m1 m3" },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void LockedDecoders_BecomeTheRegionThatTheyDescribe(string bridges, string targets, string ports, int ways, string members)
    {
        MachineSession session = Booted(bridges, targets, "locked");

        CxlRegion region = session.Region("region0");
        region.State.Should().Be(RegionState.Commit);
        region.IsBound.Should().BeTrue();
        region.Ways.Should().Be(ways);
        region.Granularity.Should().Be(256);
        region.Resource!.Range.Size.Should().Be(ByteSize.GiB(128) * (ulong)ways);
        Members(session, region).Should().Be(members);
        BridgesOf(session, targets).Should().Be(ports);
        region.Targets.OfType<CxlEndpointDecoder>().Should().OnlyContain(decoder => decoder.Ways == ways && decoder.Granularity == 256 && decoder.IsLocked);
    }

    /// <summary>The decoder of a passthrough bridge maps nothing, so no place is found in it: seen on Linux 6.12.107 after a kexec, with a device at the root port and with a switch there.</summary>
    [Theory]
    [InlineData("{type3: {volatile: 1GiB}}", "cxl_mem mem0", 1)]
    [InlineData("{switch: {ports: [{type3: {volatile: 256MiB}}, {type3: {volatile: 256MiB}}]}}", "pcieport 0000:11:00.0", 2)]
    public void BehindABridgeWithoutDecoders_NoRegionComesUp(string child, string device, int members)
    {
        MachineSession session = Given.Booted(
            $$"""
            firmware: {decoders: programmed}
            host_bridges: [{uid: 5, bus: 0x10, hdm_decoders: 0, root_ports: [{{child}}]}]
            windows: [{base: 0x1000000000, size: 4GiB, targets: [5]}]
            """,
            out LogSink log);
        session.Text(Given.Devices + "region0/commit").Should().Be("0");
        log.Graded.Where(line => line.StartsWith($"E {device}: failed to find decoder mapping 0x1000000000-0x10", StringComparison.Ordinal)).Should().HaveCount(members);
        log.Lines.Should().Contain("cxl region0: region sort failed");
    }

    /// <summary>The region of one device is whole before the lower one of both: seen on Linux 6.12.107 after a kexec.</summary>
    [Fact]
    public void RegionsOfLowerAddresses_MayComeUpLater()
    {
        MachineSession session = Given.Booted(
            """
            host_bridges: [{uid: 12, bus: 0x0c, root_ports: [{type3: {id: a, volatile: 512MiB}}, {type3: {id: b, volatile: 512MiB}}]}]
            windows: [{base: 0x490000000, size: 4GiB, targets: [12]}, {base: 0x590000000, size: 4GiB, targets: [12]}, {base: 0x690000000, size: 4GiB, targets: [12]}]
            steps:
              - create-region: {decoder: decoder0.0, memdevs: [a, b], size: 512MiB}
              - create-region: {decoder: decoder0.1, memdevs: [a], size: 256MiB}
              - create-region: {decoder: decoder0.2, memdevs: [b], size: 256MiB}
            """,
            out LogSink log);
        foreach (StepDescription step in session.Machine.Platform.Steps)
        {
            new StepRunner(session).Run(step).Error.Should().Be(Errno.Ok);
        }

        session.Kexec("second").Should().Be(Errno.Ok);

        log.Lines.Should().Contain("cxl decoder1.0: check for HPA violation decoder1.0:0 < decoder1.1:1");
        foreach (int region in Enumerable.Range(0, 3))
        {
            session.Text($"{Given.Devices}region{region}/commit").Should().Be("1");
        }
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void ItsMemory_IsOnlineAndWhereThePositionsSay(string bridges, string targets, string ports, int ways, string members)
    {
        ports.Should().NotBeEmpty();
        MachineSession session = Booted(bridges, targets, "locked");
        AddressRange range = session.Region("region0").Resource!.Range;

        session.Kernel.Memory.BlocksIn(range).Should().HaveCount(ways * 1024, "a device of 128 GiB has 1024 blocks of 128 MiB")
            .And.OnlyContain(block => block.State == MemoryBlockState.Online && block.Zone!.Type == ZoneType.Normal);
        session.CheckPlacement().Should().HaveCount(3).And.OnlyContain(check => check.Found);
        string[] expected = members.Split(' ');
        for (int chunk = 0; chunk < 2 * ways; chunk++)
        {
            DataPathTarget target = session.Machine.Resolve(range.Start + new ByteSize(256 * (ulong)chunk))!;
            target.Device.Should().Be(expected[chunk % ways]);
            target.Address.Value.Should().Be((ulong)(chunk / ways) * 256);
        }
    }

    /// <summary>A real 6.12 takes locked decoders out as any others; their registers take nothing in (CXL r3.1 8.2.4.20.7).</summary>
    [Fact]
    public void LockedDecoders_OutliveTheRegion_InHardware()
    {
        MachineSession session = Booted($"[{HostBridge5}{Empty}]", "[5]", "locked");
        Hpa start = session.Region("region0").Resource!.Range.Start;

        session.Write(Given.Devices + "decoder0.0/delete_region", "region0").Should().Be(Errno.Ok);

        session.Machine.Resolve(start)!.Device.Should().Be("m0");
        session.Bridge(5).Decoders[0].IsEnabled.Should().BeFalse();
        session.Memdev(1).Endpoint!.CommitEnd.Should().Be(-1);
        session.Kernel.Findings.All.Should().Contain(finding => finding.Rule == KernelRules.DecoderLocked);
    }

    [Fact]
    public void ProgrammedDecoders_GoWithTheRegion()
    {
        MachineSession session = Booted($"[{HostBridge5}{Empty}]", "[5]", "programmed");
        Hpa start = session.Region("region0").Resource!.Range.Start;
        session.Machine.Resolve(start)!.Device.Should().Be("m0");

        session.Write(Given.Devices + "decoder0.0/delete_region", "region0").Should().Be(Errno.Ok);

        session.Machine.Resolve(start).Should().BeNull();
    }

    private static MachineSession Booted(string bridges, string targets, string decoders) => Given.Booted($$"""
        memory: {dram: 32GiB, cpus: 2}
        firmware: {decoders: {{decoders}}}
        host_bridges: {{bridges}}
        windows: [{base: 0xc050000000, targets: {{targets}}}]
        """);

    private static string Members(MachineSession session, CxlRegion region) =>
        string.Join(' ', region.Targets.OfType<CxlEndpointDecoder>().Select(decoder => session.Machine.Devices.Single(d => d.Address == decoder.Memdev.Pci!.Address).Id));

    private static string BridgesOf(MachineSession session, string targets)
    {
        IEnumerable<int> uids = targets.Trim('[', ']').Split(", ").Select(uid => int.Parse(uid, CultureInfo.InvariantCulture));
        return string.Join(", ", uids.Select(uid =>
        {
            CxlSwitchDecoder decoder = (CxlSwitchDecoder)session.Bridge(uid).Decoders[0];
            return $"{uid}: {decoder.Ways}/{decoder.Granularity} [{string.Join(',', decoder.Targets.Select(dport => dport.PortId))}]";
        }));
    }
}
