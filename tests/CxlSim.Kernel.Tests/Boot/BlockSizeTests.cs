using CxlSim.Core;
using static CxlSim.Kernel.Tests.TableRecords;

namespace CxlSim.Kernel.Tests;

/// <summary>The size of a memory block, by the end of boot RAM.</summary>
public sealed class BlockSizeTests
{
    [Theory]
    [InlineData(2UL << 30, false, 128UL << 20)]
    [InlineData((64UL << 30) - 4096, false, 128UL << 20)]
    [InlineData((64UL << 30) - 4096, true, 128UL << 20)]
    [InlineData(64UL << 30, false, 2UL << 30)]
    [InlineData((64UL << 30) + 4096, false, 2UL << 30)]
    [InlineData(66UL << 30, true, 2UL << 30)]
    [InlineData(65UL << 30, true, 1UL << 30)]
    [InlineData((64UL << 30) + (512UL << 20), true, 512UL << 20)]
    [InlineData((64UL << 30) + (256UL << 20), true, 256UL << 20)]
    [InlineData((64UL << 30) + (128UL << 20), true, 128UL << 20)]
    [InlineData((64UL << 30) + 4096, true, 128UL << 20)]
    public void Probe_LooksAtSizeAlignmentAndHypervisor(ulong end, bool isVirtualMachine, ulong expected) =>
        BlockSize.Probe(new Hpa(end), isVirtualMachine).Bytes.Should().Be(expected);

    /// <summary>A virtual machine whose RAM, hole and all, ends at 66.5 GiB.</summary>
    [Theory]
    [InlineData("false", "80000000")]
    [InlineData("true", "20000000")]
    public void Platform_MaySayThatThereIsAHypervisor(string hypervisor, string expected) =>
        Given.Booted($$"""
            kernel: {hypervisor: {{hypervisor}}}
            memory:
              nodes: [{pxm: 0, ranges: [0x0-0x7fffffff, 0x100000000-0x109fffffff], cpus: 1}]
            """).Text("/sys/devices/system/memory/block_size_bytes").Should().Be(expected);

    /// <summary>From 6.16 on; the vectors are those of fact sheet 10, 10.8.</summary>
    [Theory]
    [InlineData(34UL << 30, 256UL << 20, 128UL << 20)]
    [InlineData(66UL << 30, 4UL << 30, 2UL << 30)]
    [InlineData(66UL << 30, 1UL << 30, 1UL << 30)]
    [InlineData(66UL << 30, 256UL << 20, 256UL << 20)]
    [InlineData((64UL << 30) + (128UL << 20), 1UL << 30, 128UL << 20)]
    [InlineData(66UL << 30, 64UL << 20, 128UL << 20)]
    public void Advice_CountsOnLargeMachines(ulong end, ulong advice, ulong expected) =>
        BlockSize.Probe(new Hpa(end), isVirtualMachine: false, new ByteSize(advice)).Bytes.Should().Be(expected);

    [Theory]
    [InlineData("6.12", 2UL << 30)]
    [InlineData("6.15", 2UL << 30)]
    [InlineData("6.16", 256UL << 20)]
    public void Windows_AdviseFrom616On(string version, ulong expected)
    {
        TableMachine machine = new TableMachine().Ram(0, (2 * GiB) - 1).Ram(4 * GiB, (66 * GiB) - 1).Kernel(version: version)
            .Table("SRAT", 3, Srat(Memory(0, 0, 66))).Table("CEDT", 1, [.. Window(128, 136), .. Window(0xC0_5000_0000, 0x10_0000_0000, 0)]);

        machine.Boot().Memory.BlockSize.Bytes.Should().Be(expected, "the smallest advice counts: 0xC050000000 is a multiple of 256 MiB only");
    }

    [Fact]
    public void Advice_IsRefusedWhenItMakesNoSenseOrComesLate()
    {
        LinuxKernel kernel = new TableMachine().Ram(0, (2 * GiB) - 1).Boot();

        kernel.Memory.AdviseBlockSize(ByteSize.MiB(384)).Should().Be(Errno.EINVAL);
        kernel.Memory.AdviseBlockSize(ByteSize.MiB(256)).Should().Be(Errno.EBUSY);
    }
}
