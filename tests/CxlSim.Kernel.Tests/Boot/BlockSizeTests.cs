using CxlSim.Core;

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
}
