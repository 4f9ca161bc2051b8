using CxlSim.Machine;
using CxlSim.Platform;
using CxlSim.Session;

namespace CxlSim.Views.Tests;

/// <summary>Each piece of a device's capacity: in use, free, or stranded and why.</summary>
public class CapacityViewTests
{
    private const string Region = "create-region: {decoder: decoder0.0, size: 512MiB}";
    private const string TwoRootPorts = """
        memory: {dram: 4GiB, cpus: 2}
        host_bridges: [{uid: 5, bus: 0x10, root_ports: [{at: 01.0, type3: {id: card, volatile: 1GiB}}, {at: 02.0}]}]
        windows: [{base: 0x1000000000, size: 4GiB, targets: [5]}]
        """;

    private const string FirmwareRegion = """
        memory: {dram: 1GiB}
        firmware: {decoders: locked}
        host_bridges:
          - {uid: 4, bus: 0x10, root_ports: [{at: 01.0, type3: {id: left, volatile: 1GiB}}, {at: 02.0}]}
          - {uid: 5, bus: 0x20, root_ports: [{at: 01.0, type3: {id: right, volatile: 1GiB}}, {at: 02.0}]}
        windows: [{base: 0x490000000, size: 2GiB, targets: [4, 5]}]
        """;

    private const string Way = "decoder0.0 > region0 0x1000000000 512 MiB x1 > decoder2.0 > dax0.0";

    [Fact]
    public void Region_IsInUse_AndTheRestIsFree()
    {
        MachineSession session = Given.Booted(TwoRootPorts);
        Parts(session).Should().Equal("1 GiB free: no region was made of it; there is room in decoder0.0");

        session.After(Region);

        Parts(session).Should().Equal(
            $"512 MiB in use: {Way} kmem > 4 memory blocks (512-515) online in Normal of node 1", "512 MiB free: no region was made of it; there is room in decoder0.0");
    }

    /// <summary>A window over two bridges takes as much of each: what one has more is of no use, and said so.</summary>
    [Fact]
    public void BridgeWithMoreThanTheOthers_StrandsTheRest()
    {
        MachineSession session = Given.Booted("""
            memory: {dram: 4GiB, cpus: 2}
            host_bridges:
              - {uid: 4, bus: 0x10, root_ports: [{at: 01.0, type3: {id: first, volatile: 1GiB}}, {at: 02.0, type3: {id: second, volatile: 1GiB}}]}
              - {uid: 5, bus: 0x20, root_ports: [{at: 01.0, type3: {id: third, volatile: 1GiB}}, {at: 02.0}]}
            windows: [{base: 0x1000000000, size: 4GiB, targets: [4, 5]}]
            """);
        const string free = "1 GiB free: no region was made of it; there is room in decoder0.0";
        const string stranded = "1 GiB stranded: decoder0.0 spreads over its host bridges evenly, and less is left below host bridge 5 (CXK0031)";
        Of("first").Should().Equal(free);
        Of("second").Should().Equal(stranded);
        Of("third").Should().Equal(free);

        session.After("create-region: {decoder: decoder0.0, memdevs: [second, third]}");

        Of("first").Should().Equal(stranded);

        IEnumerable<string> Of(string device) => CapacityView.Of(session.Machine).Single(found => found.Device == device).Parts.Select(part => part.ToString());
    }

    private const string ThreeWays = """
        memory: {dram: 4GiB, cpus: 2}
        host_bridges:
          - {uid: 1, bus: 0x10, root_ports: [{type3: {id: first, volatile: 1GiB}}, {}]}
          - {uid: 2, bus: 0x20, root_ports: [{type3: {volatile: 1GiB}}, {}]}
          - {uid: 3, bus: 0x30, root_ports: [{type3: {volatile: 1GiB}}, {}]}
        windows: [{base: 0x3000000000, size: 3GiB, targets: [1, 2, 3]}]
        """;

    /// <summary>A third of a block is no whole number of bytes; all parts together are.</summary>
    [Fact]
    public void PartsOfThreeWays_AddUp()
    {
        MachineSession session = Given.Booted(ThreeWays).After("create-region: {decoder: decoder0.0}", "offline: memory1537");

        IReadOnlyList<CapacityPart> parts = CapacityView.Of(session.Machine).Single(found => found.Device == "first").Parts;

        parts.Should().HaveCount(2).And.Contain(part => part.Use == CapacityUse.Stranded && part.Why == "memory blocks 1537 are offline");
        parts.Sum(part => (long)part.Size.Bytes).Should().Be(1L << 30);
    }

    /// <summary>A region of three ways takes a multiple of 256 MiB of each.</summary>
    [Fact]
    public void RoomOfAWindow_IsWhatRegionsCanTake()
    {
        SimulatedMachine machine = new(PlatformReader.ReadText(ThreeWays.Replace("size: 3GiB", "size: 1GiB", StringComparison.Ordinal), "p.yaml").Platform!); // with a warning
        new MachineSession(machine).Boot();

        CapacityView.Of(machine).Single(found => found.Device == "first").Parts.Select(part => (part.Use, part.Size.Bytes >> 20)).Should().Equal((CapacityUse.Free, 256UL), (CapacityUse.Stranded, 768UL));
    }

    /// <summary>Recorded: a bridge with one root port serves one region (50-observed, 3).</summary>
    [Fact]
    public void PassthroughBridge_StrandsWhatItsRegionLeaves() =>
        Parts(Given.Booted().After(Region))[1].Should().Be("512 MiB stranded: port1 has no decoder for another region: region0 has its only one (CXK0106)");

    [Fact]
    public void BlocksAndDrivers_EndTheWay()
    {
        MachineSession session = Given.Booted(TwoRootPorts).After(Region, "offline: memory513");
        Parts(session).Take(2).Should().Equal(
            $"384 MiB in use: {Way} kmem > 3 memory blocks (512,514-515) online in Normal of node 1", $"128 MiB stranded: {Way} kmem; memory blocks 513 are offline");

        session.After("offline: memory512", "offline: memory514", "offline: memory515", "write: {path: /sys/bus/dax/drivers/kmem/unbind, value: dax0.0}");
        Parts(session)[0].Should().Be($"512 MiB stranded: {Way} unbound; dax0.0 has no driver");

        session.After("write: {path: /sys/bus/dax/drivers/device_dax/new_id, value: dax0.0}");
        Parts(session)[0].Should().Be($"512 MiB in use: {Way} device_dax");
    }

    [Fact]
    public void RegionWithoutCommitOrDriver_StrandsItsShare()
    {
        MachineSession session = Given.Booted(TwoRootPorts).After(Region, "offline: dax0.0", "write: {path: /sys/bus/cxl/drivers/cxl_region/unbind, value: region0}");
        const string region = "decoder0.0 > region0 0x1000000000 512 MiB x1 > decoder2.0";
        Parts(session)[0].Should().Be($"512 MiB stranded: {region}; region0 has no driver");

        session.After("write: {path: /sys/bus/cxl/devices/region0/commit, value: 0}");
        Parts(session)[0].Should().Be($"512 MiB stranded: {region}; region0 is not committed");
    }

    /// <summary>A decoder that firmware has locked stays committed when its region goes: nothing can be written to it then.</summary>
    [Fact]
    public void LockedDecoderWithoutARegion_NeedsAReset()
    {
        MachineSession session = Given.Booted("""
            firmware: {decoders: locked}
            host_bridges: [{uid: 5, bus: 0x10, root_ports: [{type3: {volatile: 1GiB}}]}]
            windows: [{base: 0x1000000000, size: 1GiB, targets: [5]}]
            """).After("write: {path: /sys/bus/cxl/devices/decoder0.0/delete_region, value: region0}");

        Parts(session).Should().Equal("1 GiB stranded: decoder2.0; decoder2.0 holds it and is in no region, locked in hardware: a reset of the device frees it");
    }

    /// <summary>Recorded: a failed create-region leaves its reservation behind (50-observed, 23).</summary>
    [Fact]
    public void ReservationOfARegionThatFailed_IsNamed()
    {
        MachineSession session = Given.Booted().After(Region);
        session.Do(Region).IsAsExpected.Should().BeFalse();

        Parts(session)[1].Should().Be("512 MiB stranded: decoder2.1; decoder2.1 holds it and is in no region; write 0 to its dpa_size to free it");
    }

    [Theory]
    [InlineData("targets: [5]", "targets: [5], size: 512MiB", "512 MiB free: no region was made of it; there is room in decoder0.0", "512 MiB stranded: decoder0.0 (512 MiB) has no room left (CXK0031)")]
    [InlineData("targets: [5]", "targets: [5], restrictions: 0xa", "1 GiB stranded: no window for volatile memory leads to host bridge 5 (CXK0031)")]
    public void WindowThatDoesNotDo_IsNamed(string window, string other, params string[] parts) =>
        Parts(Given.Booted(TwoRootPorts.Replace("size: 4GiB, ", "", StringComparison.Ordinal).Replace(window, other, StringComparison.Ordinal))).Should().Equal(parts);

    /// <summary>A region that firmware committed over two devices, one of which has no mailbox: Linux says nothing, and waits.</summary>
    [Fact]
    public void FirmwaresRegion_ThatDidNotAssemble_StrandsQuietly()
    {
        Summaries(FirmwareRegion.Replace("id: right, volatile: 1GiB", "id: right, volatile: 1GiB, faults: [no_mailbox]", StringComparison.Ordinal)).Should().Equal(
            "0 B of 1 GiB of left in use, 0 B free, 1 GiB stranded: 1 GiB: region0 has 1 of 2 members (CXK0028)",
            "0 B of 1 GiB of right in use, 0 B free, 1 GiB stranded: 1 GiB: the kernel has not found it");
    }

    [Fact]
    public void DevicesThatAreNotReady_AreStranded()
    {
        CapacityView.Of(Given.Booted(FirmwareRegion).Machine).Sum(device => (long)device.Total(CapacityUse.InUse).Bytes).Should().Be(2L << 30);

        Summaries(FirmwareRegion + "\ntiming: {media_ready: 200s}").Should().Equal(
            "0 B of 1 GiB of left in use, 0 B free, 1 GiB stranded: 1 GiB: a device's media do not become ready in time: media that were not ready after 60 s (CXK0022)",
            "0 B of 1 GiB of right in use, 0 B free, 1 GiB stranded: 1 GiB: a device's media do not become ready in time: media that were not ready after 60 s (CXK0022)");
    }

    /// <summary>70 GiB of RAM: blocks of 2 GiB on a bare machine.</summary>
    [Fact]
    public void PartsOfBlocks_AreStranded() => Parts(Given.Booted("""
        memory: {dram: 70GiB}
        firmware: {decoders: locked}
        host_bridges: [{uid: 4, bus: 0x10, root_ports: [{type3: {volatile: 8GiB}}]}]
        windows: [{base: 0x2050000000, size: 8GiB, targets: [4]}]
        """))[1].Should().StartWith("2 GiB stranded: ").And.EndWith("it fills no memory block of 2 GiB (CXK0024)");

    [Theory]
    [InlineData("[cxl_acpi]", "1 GiB stranded: the kernel has not found it")]
    [InlineData("[cxl_acpi, cxl_pci]", "1 GiB stranded: mem0 has no endpoint")]
    public void MissingModule_StrandsAll(string modules, string part) => Parts(Given.Booted($"kernel: {{modules: {modules}}}\n{Given.OneCard}")).Should().Equal(part);

    /// <summary>No window allows persistent memory: cxl_mem refuses the device.</summary>
    [Fact]
    public void PersistentCapacityWithoutAWindow_CostsTheWholeDevice() =>
        Parts(Given.Booted(Given.OneCard.Replace("volatile: 1GiB", "volatile: 1GiB, persistent: 1GiB", StringComparison.Ordinal).Replace("targets: [5]", "targets: [5], restrictions: 0x6", StringComparison.Ordinal)))
            .Should().Equal("2 GiB stranded: 1 GiB of it is persistent, and no window allows that (CXK0032)");

    /// <summary>A bridge's share of a window is taken by its devices one after the other.</summary>
    [Fact]
    public void WindowForOneOfTwoDevices_LeavesTheOtherWithoutRoom() => Summaries("""
        host_bridges: [{uid: 5, bus: 0x10, root_ports: [{type3: {id: first, volatile: 1GiB}}, {type3: {id: second, volatile: 1GiB}}]}]
        windows: [{base: 0x1000000000, size: 1280MiB, targets: [5]}]
        """).Should().Equal(
            "0 B of 1 GiB of first in use, 1 GiB free, 0 B stranded",
            "0 B of 1 GiB of second in use, 256 MiB free, 768 MiB stranded: 768 MiB: decoder0.0 (1280 MiB) has no room left (CXK0031)");

    /// <summary>Recorded: after persistent capacity no volatile capacity can be had (50-observed, 24).</summary>
    [Fact]
    public void VolatileCapacityBeforePersistent_IsStranded()
    {
        MachineSession session = Given.Booted(TwoRootPorts.Replace("volatile: 1GiB", "volatile: 1GiB, persistent: 1GiB, serial: 1", StringComparison.Ordinal).Replace("targets: [5]", "targets: [5], restrictions: 0xf", StringComparison.Ordinal))
            .After("create-region: {decoder: decoder0.0, type: pmem, size: 512MiB}");

        Parts(session).Should().Equal(
            "512 MiB in use: decoder0.0 > region0 0x1000000000 512 MiB x1 > decoder2.0 > pmem_region0",
            "1 GiB stranded: decoder2.0 holds persistent capacity behind it, and capacity is taken in ascending order (CXK0089)",
            "512 MiB free: no region was made of it; there is room in decoder0.0");
    }

    /// <summary>Another mode frees nothing (sheet 20, 1.2): what the decoder holds stays volatile.</summary>
    [Fact]
    public void ModeThatChangesBehindACapacity_ChangesNothing()
    {
        MachineSession session = Given.Booted(TwoRootPorts.Replace("volatile: 1GiB", "volatile: 1GiB, persistent: 256MiB, serial: 1", StringComparison.Ordinal)).After(
            Write("decoder2.0/mode", "ram"), Write("decoder2.0/dpa_size", "0x20000000"), Write("decoder2.0/mode", "pmem"));

        Parts(session).Should().HaveCount(3).And.ContainMatch("512 MiB stranded: decoder2.0;*").And.ContainMatch("512 MiB free*").And.ContainMatch("256 MiB free*");
    }

    /// <summary>Memory that could not be removed stays online, whatever becomes of its device.</summary>
    [Fact]
    public void DeviceThatIsMadeSmaller_LeavesTheRestToNobody()
    {
        MachineSession session = Given.Booted(TwoRootPorts).After(Region, "write: {path: /sys/bus/dax/drivers/kmem/unbind, value: dax0.0}", "write: {path: /sys/bus/dax/devices/dax0.0/size, value: 0x200000}");

        CapacityView.Of(session.Machine)[0].Parts.Select(part => $"{part.Size} {part.Use}").Should().Equal("2 MiB Stranded", "510 MiB Stranded", "512 MiB Free");
    }

    [Fact]
    public void Parts_AddUpToTheCapacity()
    {
        foreach (string machine in new[] { Given.OneCard, TwoRootPorts, FirmwareRegion })
        {
            foreach (DeviceCapacity device in CapacityView.Of(Given.Booted(machine).Machine))
            {
                (device.Total(CapacityUse.InUse) + device.Total(CapacityUse.Free) + device.Total(CapacityUse.Stranded)).Should().Be(device.Capacity);
            }
        }
    }

    private static string Write(string attribute, string value) => $"write: {{path: /sys/bus/cxl/devices/{attribute}, value: {value}}}";

    private static string[] Summaries(string machine) => [.. CapacityView.Of(Given.Booted(machine).Machine).Select(device => device.Summary())];

    private static string[] Parts(MachineSession session) => [.. CapacityView.Of(session.Machine)[0].Parts.Select(part => part.ToString())];
}
