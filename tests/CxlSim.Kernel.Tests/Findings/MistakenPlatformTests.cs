using CxlSim.Core;
using CxlSim.Platform;
using CxlSim.Session;
using CxlSim.Spec.Acpi;

namespace CxlSim.Kernel.Tests;

/// <summary>Mistakes of firmware that a platform file may state, with a warning, and what Linux answers.</summary>
public sealed class MistakenPlatformTests
{
    private const string Bridges = """
        memory: {dram: 2GiB, cpus: 1}
        host_bridges:
          - {uid: 4, bus: 0x10, root_ports: [{type3: {id: left, volatile: 1GiB}}]}
          - {uid: 5, bus: 0x20, root_ports: [{type3: {id: right, volatile: 1GiB}}]}

        """;

    /// <summary>The second is refused as a dport, and with it the driver of the root.</summary>
    [Fact]
    public void OneUidTwice_CostsTheRoot()
    {
        MachineSession session = Booted(Bridges.Replace("uid: 5", "uid: 4", StringComparison.Ordinal) + "windows: [{base: 0x1000000000, size: 1GiB, targets: [4]}]", "CXP0018");

        session.Kernel.Cxl.Ports.Should().BeEmpty();
        session.Kernel.Findings.All.Where(finding => finding.Rule == RefusalRules.BridgeUidTwice).Should().ContainSingle().Which.Place.Should().Be(new BridgePlace(4));
        session.Kernel.PlatformBus.Devices.Should().Contain(device => device.Name.StartsWith("ACPI0017", StringComparison.Ordinal)).Which.Driver.Should().BeNull();
    }

    /// <summary>RAM that the E820 map has stays RAM; a region over it makes no dax region (<c>cxl_region_probe</c>).</summary>
    [Fact]
    public void WindowOverRam_MakesNoSecondMemory()
    {
        MachineSession session = Booted(Bridges + "windows: [{base: 0x40000000, size: 512MiB, targets: [4]}]\nsteps: [create-region: {decoder: decoder0.0}]", "CXP0047");

        new StepRunner(session).Run(session.Machine.Platform.Steps[0]);

        session.Around(new Hpa(0x40000000)).Should().StartWith("System RAM > CXL Window 0");
        session.Kernel.Dax.Bus.Devices.Should().BeEmpty();
        session.Kernel.Memory.Blocks.Should().OnlyContain(block => block.IsBootMemory);
    }

    [Theory]
    [InlineData("0xe0000000")]
    [InlineData("0x0")]
    public void WindowOverRegisters_IsBootedWith(string window)
    {
        MachineSession session = Booted(Bridges + $"windows: [{{base: {window}, size: 256MiB, targets: [4]}}]", "CXP0047");

        session.Kernel.Cxl.Ports.Where(port => port.IsRoot).Should().ContainSingle().Which.Decoders.Should().ContainSingle();
    }

    /// <summary>Two structures of one granularity: the last counts for every window (<c>cxl_parse_cxims</c>).</summary>
    [Fact]
    public void WindowsOfDifferentMaps_GetTheLast()
    {
        MachineSession session = Booted(
            Bridges + "windows: [{base: 0x1000000000, size: 1GiB, targets: [4, 5], arithmetic: xor, xor_maps: [0x404100]}, {base: 0x2000000000, size: 1GiB, targets: [4, 5], arithmetic: xor, xor_maps: [0x808100]}]",
            "CXP0042");

        byte[] cedt = session.Kernel.Tables.Find("CEDT")!;
        Cxims(cedt).Should().Equal(0x404100, 0x808100);
        CxlXorMaps.Find(cedt, 2, 256, out CxlXorMaps? maps).Should().Be(Errno.Ok);
        maps!.Restore(new Hpa(0x4000)).Should().Be(new Hpa(0x4000), "bit 14 decides in the first only");
        maps.Restore(new Hpa(0x8000)).Should().Be(new Hpa(0x8100));
    }

    /// <summary>One structure serves windows of which one has more of the same maps.</summary>
    [Fact]
    public void WindowsOfTheSameMaps_ShareOne()
    {
        MachineSession session = new(new Machine.SimulatedMachine(Given.Platform(
            Bridges + "windows: [{base: 0x1000000000, size: 1GiB, targets: [4, 5], arithmetic: xor, xor_maps: [0x404100]}, {base: 0x2000000000, size: 1GiB, targets: [4, 5], arithmetic: xor, xor_maps: [0x404100, 0x808200]}, {base: 0x3000000000, size: 1GiB, targets: [4, 5], arithmetic: xor, xor_maps: [0x404100]}]")));
        session.Boot().Should().BeTrue();

        Cxims(session.Kernel.Tables.Find("CEDT")!).Should().Equal(0x404100);
    }

    /// <summary>The map decides another bit than the position's: hardware follows it, and every address still has a place of its own.</summary>
    [Fact]
    public void MapOfAnotherBit_IsFollowed()
    {
        MachineSession session = Booted(
            Bridges + "windows: [{base: 0x1000000000, size: 2GiB, targets: [4, 5], arithmetic: xor, xor_maps: [0x404200]}]\nsteps: [create-region: {decoder: decoder0.0}]", "CXP0041");
        new StepRunner(session).Run(session.Machine.Platform.Steps[0]).IsAsExpected.Should().BeTrue();

        for (byte i = 1; i < 64; i++)
        {
            session.Machine.Store(new Hpa(0x1000000000 + ((ulong)i * 0x100)), [i]).Should().Be(BusResult.Done);
        }

        byte[] read = new byte[1];
        for (byte i = 1; i < 64; i++)
        {
            session.Machine.Load(new Hpa(0x1000000000 + ((ulong)i * 0x100)), read).Should().Be(BusResult.Done);
            read[0].Should().Be(i);
        }
    }

    private static MachineSession Booted(string text, string warning)
    {
        PlatformReadResult result = PlatformReader.ReadText(text, "p.yaml");
        result.Diagnostics.Select(diagnostic => (diagnostic.Id, diagnostic.Severity)).Should().Equal((warning, DiagnosticSeverity.Warning));
        MachineSession session = new(new Machine.SimulatedMachine(result.Platform!));
        session.Boot().Should().BeTrue();
        return session;
    }

    /// <summary>The first map of each CXIMS.</summary>
    private static IEnumerable<ulong> Cxims(byte[] cedt)
    {
        for (int offset = AcpiTableHeader.SpecSize; offset < cedt.Length; offset += BitConverter.ToUInt16(cedt, offset + 2))
        {
            if (cedt[offset] == CedtCxims.TypeId)
            {
                yield return BitConverter.ToUInt64(cedt, offset + CedtCxims.SpecSize);
            }
        }
    }
}
