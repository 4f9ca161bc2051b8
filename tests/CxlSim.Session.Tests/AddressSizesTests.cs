using CxlSim.Core;
using CxlSim.Kernel;
using CxlSim.Views;

namespace CxlSim.Session.Tests;

/// <summary>
/// Windows at the end of what a CPU addresses, and of what page tables reach. Lines and errors are those of Linux 6.12.107 and 7.2.12 on QEMU's CPU with other address sizes,
/// whose window stood in an ACPI table of one's own.
/// </summary>
public sealed class AddressSizesTests
{
    private const ulong OneTiB = 1UL << 40;
    private const ulong Reach = 1UL << 46;

    private static string Machine(string kernel, ulong window) => $$"""
        kernel: { {{kernel}} }
        memory: {dram: 1GiB}
        host_bridges: [{uid: 5, bus: 0x10, hdm_decoders: 4, root_ports: [{type3: {id: card, volatile: 512MiB, hdm_decoders: 4} }]}]
        windows: [{base: 0x{{window:x}}, size: 4GiB, targets: [5]}]
        """;

    /// <summary>The region is there and works, and nobody can use it.</summary>
    [Fact]
    public void BehindTheCpusAddresses_NothingCanBeReserved()
    {
        MachineSession session = Given.Booted(Machine("physical_bits: 40", OneTiB));

        session.Do("create-region: {decoder: decoder0.0, size: 256MiB}").Result.Should().Be("region0 0x10000000000 256 MiB");

        Lines(session, "dax0.0").Should().Equal(
            "kmem dax0.0: mapping0: 0x10000000000-0x1000fffffff could not reserve region",
            "kmem dax0.0: probe with driver kmem failed with error -16");
        IomemView.Render(session.Kernel.Iomem).Should().NotContain("CXL Window").And.NotContain("region0");
        session.Kernel.Findings.All.Should().ContainSingle(finding => finding.Rule == KernelRules.WindowBeyondCpu).Which.Nearest.Should().BeNull("its base is behind the end");
        session.Kernel.Refusals.All[^1].Rule.Should().Be(RefusalRules.DaxBeyondCpu);

        session.Write("/sys/bus/dax/drivers/device_dax/new_id", "dax0.0");

        Lines(session, "device_dax").Should().Equal(
            "device_dax dax0.0: mapping0: 0x10000000000-0x1000fffffff could not reserve range",
            "device_dax dax0.0: probe with driver device_dax failed with error -16");
    }

    /// <summary>A window that lies on both sides has no line; what is below the end can be used.</summary>
    [Fact]
    public void WindowAcrossTheEnd_IsUsedBelowIt()
    {
        MachineSession session = Given.Booted(Machine("physical_bits: 40", OneTiB - 0x8000_0000));

        session.Do("create-region: {decoder: decoder0.0, size: 256MiB}").Error.Should().Be(Errno.Ok);

        IomemView.Render(session.Kernel.Iomem).Should().NotContain("CXL Window").And.NotContain("region0").And.Contain(
            "ff80000000-ff8fffffff : dax0.0\n  ff80000000-ff8fffffff : System RAM (kmem)\n");
        session.Kernel.Findings.All.Should().ContainSingle(finding => finding.Rule == KernelRules.WindowBeyondCpu).Which.Nearest.Should().Be(new FieldValue("CEDT", "Window Size", 0x54, 8, 0x8000_0000));
    }

    [Theory]
    [InlineData("physical_bits: 52")]
    [InlineData("physical_bits: 40")]
    [InlineData("la57: true, command_line: no5lvl")]
    [InlineData("la57: true, config: {X86_5LEVEL: n}")]
    public void BehindWhatPageTablesReach_IsNoRoom(string kernel)
    {
        MachineSession session = Given.Booted(Machine(kernel, Reach));

        StepOutcome outcome = session.Do("create-region: {decoder: decoder0.0, size: 256MiB}");

        outcome.Error.Should().Be(Errno.ERANGE);
        outcome.Refusal!.Rule.Should().Be(RefusalRules.SizeReach);
        session.Kernel.Log.Lines.Select(line => line.Text).Should().Contain("cxl region0: HPA allocation error (-34) for size:0x0000000010000000 in CXL Window 0 [mem 0x400000000000-0x4000ffffffff flags 0x200]");
    }

    [Fact]
    public void WithFiveLevels_MemoryIsUsed()
    {
        MachineSession session = Given.Booted(Machine("la57: true", Reach));

        session.Do("create-region: {decoder: decoder0.0, size: 256MiB}").Error.Should().Be(Errno.Ok);

        session.Read("/sys/devices/system/memory/memory524288/state").Text.Should().Be("online");
        session.CheckPlacement().Should().HaveCount(3).And.OnlyContain(check => check.Found);
        session.Kernel.Log.Lines.Should().Contain(line => line.Text.EndsWith("max_arch_pfn = 0x10000000000", StringComparison.Ordinal));
    }

    /// <summary>Only where a region begins is asked for: one that ends behind the end is refused by whoever wants its memory.</summary>
    [Theory]
    [InlineData("6.12")]
    [InlineData("7.2")]
    public void RegionAcrossWhatPageTablesReach_IsRefusedAsMemory(string version)
    {
        const string line = "Hotplug memory [0x3ffff0000000-0x400010000000] exceeds maximum addressable range [0x0-0x3fffffffffff]";
        MachineSession session = Given.Booted(Machine($"version: {version}", Reach - 0x1000_0000));

        session.Do("create-region: {decoder: decoder0.0, size: 512MiB}").Result.Should().Be("region0 0x3ffff0000000 512 MiB");

        Lines(session, "Hotplug memory", "kmem dax0.0").Should().Equal(
            line, "kmem dax0.0: mapping0: 0x3ffff0000000-0x40000fffffff memory add failed", "kmem dax0.0: probe with driver kmem failed with error -7");
        session.Kernel.Refusals.All[^1].Rule.Should().Be(RefusalRules.DaxReach);

        session.Write("/sys/bus/dax/drivers/device_dax/new_id", "dax0.0");
        session.Write("/sys/bus/dax/drivers/device_dax/bind", "dax0.0").Should().Be(Errno.EINVAL);

        Lines(session, "Hotplug memory", "device_dax dax0.0").Should().Equal(
            line, line, "device_dax dax0.0: probe with driver device_dax failed with error -22",
            "device_dax dax0.0: dynamic-dax with pre-populated page map", "device_dax dax0.0: probe with driver device_dax failed with error -22");
    }

    private static string[] Lines(MachineSession session, params string[] words) =>
        [.. session.Kernel.Log.Lines.Where(line => line.Level <= LogLevel.Warning && Array.Exists(words, word => line.Text.Contains(word, StringComparison.Ordinal))).Select(line => line.Text)];
}
