namespace CxlSim.Kernel.Tests;

/// <summary>The order in which sysfs lists a directory, which tools that do not sort pass on.</summary>
public sealed class KernfsOrderTests
{
    /// <summary>10-soft-reserved/sp-over-dram: daxctl puts each device that it meets before those it has, and shows dax1.0 first.</summary>
    [Fact]
    public void Names_ComeByTheirHash() => KernfsOrder.Sort(["dax1.0", "dax0.0"]).Should().Equal("dax0.0", "dax1.0");

    [Theory]
    [InlineData("a", 0x222d1bd4u)]
    [InlineData("dax0.0", 0x168d9334u)]
    public void Hash_IsTheKernels(string name, uint expected) => KernfsOrder.Hash(name).Should().Be(expected);
}
