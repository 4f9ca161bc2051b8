using CxlSim.Core;
using CxlSim.Spec.Efi;

namespace CxlSim.Kernel.Tests;

/// <summary>Windows and bridges of a CEDT that Linux leaves out, and the value that would have done.</summary>
public sealed class WindowFindingsTests
{
    private const int Bridge = 0x24; // CHBS of bridge 4, 32 bytes; those of 5 and 6 behind it
    private const int Window = 0x84; // CFMWS with two targets
    private const int XorWindow = 0x64;
    private const int XorMaps = 0x90; // CXIMS with one map

    private const string Machine = """
        memory: {dram: 1GiB}
        host_bridges:
          - {uid: 4, bus: 0x10}
          - {uid: 5, bus: 0x20}
          - {uid: 6, bus: 0x30}
        windows: [{base: 0x490000000, size: 1GiB, targets: [4, 5]}]
        """;

    private const string XorMachine = """
        memory: {dram: 1GiB}
        host_bridges: [{uid: 4, bus: 0x10}, {uid: 5, bus: 0x20}]
        windows: [{base: 0x490000000, size: 1GiB, targets: [4, 5], arithmetic: xor, xor_maps: [0x404100]}]
        """;

    [Theory]
    [InlineData(Machine)]
    [InlineData(XorMachine)]
    public void SoundMachine_HasNone(string machine) => new PatchedTables(machine).Findings().Should().BeEmpty();

    /// <summary>Offsets within the structure are those of CXL r3.1 9.18.1.3.</summary>
    [Theory]
    [InlineData(0x18, "05", "CXK0001", 0x18, 1, "Encoded Interleave Ways 1")]
    [InlineData(0x18, "07", "CXK0001", 0x18, 1, "Encoded Interleave Ways 1")]
    [InlineData(0x18, "FF", "CXK0001", 0x18, 1, "Encoded Interleave Ways 1")]
    [InlineData(0x19, "02", "CXK0002", 0x19, 1, "Interleave Arithmetic 0")]
    [InlineData(0x08, "0000008904000000", "CXK0003", 0x08, 8, "Base HPA 0x490000000")]
    [InlineData(0x08, "0000008804000000", "CXK0003", 0x08, 8, "Base HPA 0x490000000")]
    [InlineData(0x08, "0000009700000000", "CXK0003", 0x08, 8, "Base HPA 0x90000000")]
    [InlineData(0x10, "000000FFFFFFFFFF", "CXK0004", 0x10, 8, "Window Size 0xfffffffb70000000 (17592186025728 MiB)")]
    [InlineData(0x10, "0100004000000000", "CXK0004", 0x10, 8, "Window Size 0x40000000 (1 GiB)")]
    [InlineData(0x10, "0100000000000000", "CXK0004", 0x10, 8, "Window Size 0x10000000 (256 MiB)")]
    [InlineData(0x18, "02", "CXK0005", 0x02, 2, "Encoded Interleave Ways 1")]
    [InlineData(0x18, "08", "CXK0005", 0x02, 2, "Encoded Interleave Ways 1")]
    [InlineData(0x1c, "07000000", "CXK0006", 0x1c, 4, "Interleave Granularity 6")]
    [InlineData(0x1c, "00010000", "CXK0006", 0x1c, 4, "Interleave Granularity 6")]
    [InlineData(0x10, "0000000000000000", "CXK0007", 0x10, 8, "Window Size 0x10000000 (256 MiB)")]
    [InlineData(0x24, "09000000", "CXK0011", 0x24, 4, "Target[0] 4")]
    [InlineData(0x28, "FFFFFFFF", "CXK0011", 0x28, 4, "Target[1] 5")]
    [InlineData(0x19, "01", "CXK0008", 0x19, 1, "Interleave Arithmetic 0")]
    public void Window_IsLeftOut(int offset, string bytes, string rule, int place, int width, string? nearest)
    {
        PatchedTables machine = new PatchedTables(Machine).With("CEDT", Window + offset, Convert.FromHexString(bytes));
        KernelFinding found = machine.ShouldFind(KernelRules.All.Single(candidate => candidate.Number == rule), new TablePlace("CEDT", Window + place, width));
        found.Nearest?.ToString().Should().Be(nearest);
    }

    /// <summary>The specification wants 256 MiB for every way; Linux does not look.</summary>
    [Fact]
    public void ThreeUnitsForTwoWays_AreFineWithLinux() => new PatchedTables(Machine).With("CEDT", Window + 0x13, 0x30).Findings().Should().BeEmpty();

    [Fact]
    public void WindowAtTheEndOfTheAddressSpace_IsLeftOut() =>
        new PatchedTables(Machine).With("CEDT", Window + 0x08, Convert.FromHexString("000000E0FFFFFFFF0000004000000000"))
            .ShouldFind(KernelRules.WindowRange, new TablePlace("CEDT", Window + 0x10, 8)).Nearest!.ToString().Should().Be("Window Size 0x20000000 (512 MiB)");

    /// <summary>Two fields are wrong at once: each is said.</summary>
    [Fact]
    public void BaseAndSize_AreFoundTogether() =>
        new PatchedTables(Machine).With("CEDT", Window + 0x08, 1).With("CEDT", Window + 0x10, 1).Findings().Select(found => found.Rule)
            .Should().Equal(KernelRules.WindowBase, KernelRules.WindowSize);

    // CXIMS, CXL r3.1 9.18.1.4: HBIG at 6, number of maps at 7.
    [Fact]
    public void XorMaps_AreTooFew() =>
        new PatchedTables(XorMachine).With("CEDT", XorMaps + 7, 0).ShouldFind(KernelRules.XorMapsTooFew, new TablePlace("CEDT", XorMaps + 7, 1))
            .Nearest.Should().Be(new FieldValue("CEDT", "Interleave Arithmetic", XorWindow + 0x19, 1, 0));

    [Fact]
    public void XorMaps_AreOfAnotherGranularity() =>
        new PatchedTables(XorMachine).With("CEDT", XorMaps + 6, 1).ShouldFind(KernelRules.XorMapsMissing, new TablePlace("CEDT", XorWindow + 0x19, 1));

    [Fact]
    public void XorMaps_StandBehindOnesOfNoGranularity()
    {
        PatchedTables machine = new PatchedTables(XorMachine).With("CEDT", XorMaps + 6, 7).With("CEDT", XorWindow + 0x1c, 6);
        machine.ShouldFind(KernelRules.XorMapsGranularity, new TablePlace("CEDT", XorMaps + 6, 1)).Nearest.Should().Be(new FieldValue("CEDT", "Interleave Granularity", XorMaps + 6, 1, 6));
    }

    // CHBS, CXL r3.1 9.18.1.2: UID at 4, version at 8, base at 16. Bridge 6 is no target: the window stays.
    [Fact]
    public void BridgeWithoutChbs_IsLeftOut()
    {
        PatchedTables machine = new PatchedTables(Machine).With("CEDT", Bridge + 0x44, 9);
        KernelFinding found = machine.Findings().Should().ContainSingle().Subject;
        found.Should().BeEquivalentTo(new { Rule = KernelRules.BridgeWithoutChbs, Place = new BridgePlace(6), Nearest = new FieldValue("CEDT", "UID", Bridge + 0x44, 4, 6) });

        machine.With(found).Findings().Should().BeEmpty();
    }

    [Fact]
    public void ChbsWithoutBase_IsOfNoUse() =>
        new PatchedTables(Machine).With("CEDT", Bridge + 0x50, new byte[8]).ShouldFind(KernelRules.ChbsBase, new TablePlace("CEDT", Bridge + 0x50, 8)).Nearest.Should().BeNull();

    [Fact]
    public void ChbsOfCxl11ThatIsNoRcrb_IsOfNoUse() =>
        new PatchedTables(Machine).With("CEDT", Bridge + 0x48, 0).ShouldFind(KernelRules.ChbsVersion, new TablePlace("CEDT", Bridge + 0x48, 4))
            .Nearest.Should().Be(new FieldValue("CEDT", "CXL Version", Bridge + 0x48, 4, 1));

    /// <summary>Linux asks only whether it is CXL 1.1 (sheet 10, 11.11).</summary>
    [Fact]
    public void ChbsOfAnUnknownVersion_IsTakenAsALaterOne()
    {
        LinuxKernel kernel = new PatchedTables(Machine).With("CEDT", Bridge + 0x48, 2).Boot();

        kernel.Findings.All.Should().BeEmpty();
        kernel.Cxl.Ports.Where(port => !port.IsRoot).Should().HaveCount(3);
        kernel.Log.Lines.Select(line => line.Text).Should().Contain(line => line.EndsWith("Unsupported platform config, mixed Virtual Host and Restricted CXL Host hierarchy.", StringComparison.Ordinal));
    }

    /// <summary>What costs a window its bridge costs the window too, and both are said.</summary>
    [Fact]
    public void TargetWithoutChbs_TakesTheWindowWithIt() =>
        new PatchedTables(Machine).With("CEDT", Bridge + 4, 9).Findings().Select(found => found.Rule).Should().Equal(KernelRules.BridgeWithoutChbs, KernelRules.WindowTarget);

    /// <summary>The name of the object is another: there is no _UID.</summary>
    [Fact]
    public void BridgeWithoutUid_StopsTheDriver()
    {
        HostileBoot boot = new(Given.Platform(Machine));
        new TableList(boot.Hardware, boot.Handoff.Rsdp).Replace("DSDT", "_UID"u8, "_UIX"u8);

        boot.Boot().Should().BeNull();

        boot.Kernel!.Findings.All.Select(found => (found.Rule, found.Place)).Should().Equal((KernelRules.BridgeUid, new BridgePlace(null)));
    }

    /// <summary>An entry of no pages, behind the others.</summary>
    [Fact]
    public void EfiEntryOfNoPages_IsTakenOut()
    {
        HostileBoot boot = new(Given.Platform(Machine));
        int end = boot.Handoff.EfiMemoryMap.Length;
        byte[] empty = BinaryLayout.ToBytes(new EfiMemoryDescriptor { Type = (uint)EfiMemoryType.Conventional, PhysicalStart = 0x5000 });
        boot.Handoff = boot.Handoff with { EfiMemoryMap = (byte[])[.. boot.Handoff.EfiMemoryMap.Span, .. empty] };

        boot.Boot().Should().BeNull();

        boot.Kernel!.Findings.All.Should().Equal(new KernelFinding(KernelRules.EfiEntry, new TablePlace("EFI", end, 40), "an entry at 0x5000 of 0x0 pages"));
    }
}
