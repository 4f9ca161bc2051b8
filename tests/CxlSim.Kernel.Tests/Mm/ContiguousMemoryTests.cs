using CxlSim.Spec.Efi;
using static CxlSim.Kernel.Tests.TableRecords;

namespace CxlSim.Kernel.Tests;

/// <summary>Areas for contiguous allocation (fact sheet 10, 10.7): node 0 has [0, 2) and [4, 6) GiB, node 1 [6, 10); node 2 is a window's.</summary>
public sealed class ContiguousMemoryTests
{
    private static readonly string[] Built = ["CMA", "DMA_CMA", "DMA_NUMA_CMA"];

    private readonly TableMachine _machine = new TableMachine().Ram(0, (2 * GiB) - 1).Ram(4 * GiB, (10 * GiB) - 1)
        .Table("SRAT", 3, Srat(Cpu(0, 0), Memory(0, 0, 6), Memory(1, 6, 10))).Table("CEDT", 1, Window(16, 20));

    /// <summary>Above 4 GiB where there is room, from below; rounded to page blocks of 2 MiB.</summary>
    [Theory]
    [InlineData("cma=64M", "reserved 0 4096+64")]
    [InlineData("cma=63M", "reserved 0 4096+64")]
    [InlineData("cma=0", "")]
    [InlineData("cma=64M@5G", "reserved 0 5120+64")]
    [InlineData("cma=64M@0-1G", "reserved 0 960+64")]
    [InlineData("cma=64M@3G", "")]
    [InlineData("cma=64M@0x50100000", "")]
    [InlineData("cma=20G", "")]
    [InlineData("cma_pernuma=32M", "pernuma0 0 4096+32, pernuma1 1 6144+32")]
    [InlineData("numa_cma=1:96M", "numa1 1 6144+96")]
    [InlineData("numa_cma=0:16M,1:32M cma_pernuma=8M", "pernuma0 0 4096+8, numa0 0 4104+16, pernuma1 1 6144+8, numa1 1 6152+32")]
    [InlineData("numa_cma=0:16M,1", "numa0 0 4096+16")]
    [InlineData("numa_cma=7:16M", "")]
    [InlineData("hugetlb_cma=2G", "hugetlb0 0 4096+1024, hugetlb1 1 6144+1024")]
    [InlineData("hugetlb_cma=3G", "hugetlb0 0 4096+2048, hugetlb1 1 6144+1024")]
    [InlineData("hugetlb_cma=1:2G", "hugetlb1 1 6144+2048")]
    [InlineData("hugetlb_cma=512M", "")]
    [InlineData("hugetlb_cma=0:512M,1:1G", "hugetlb1 1 6144+1024")]
    public void Areas_AreWhereTheyWereAskedFor(string commandLine, string expected) => Shown(commandLine).Should().Be(expected);

    [Theory]
    [InlineData("numa_cma=2:64M", "W cma: node 2 is not online; no area there")]
    [InlineData("numa_cma=1:8G", "W cma: reservation failed: err -12, node 1")]
    [InlineData("numa_cma=1:20G", "W cma: reservation failed: err -22, node 1")]
    [InlineData("hugetlb_cma=2:1G", "W hugetlb_cma: node 2 is not online; no area there")]
    [InlineData("hugetlb_cma=1:512M", "W hugetlb_cma: node 1 needs at least 1024 MiB; no area there")]
    [InlineData("hugetlb_cma=18446744073709551615", "W hugetlb_cma: reservation failed: err -22, node 1")]
    [InlineData("hugetlb_cma=512M", "W hugetlb_cma: an area needs at least 1024 MiB")]
    [InlineData("hugetlb_cma=0:4G", "W hugetlb_cma: reservation failed: err -12, node 0")]
    public void WhatCannotBe_IsAWarning(string commandLine, string line)
    {
        Shown(commandLine).Should().BeEmpty();
        _machine.Log.Graded.Should().Contain(line);
    }

    [Theory]
    [InlineData("CMA_SIZE_MBYTES=32", "reserved 0 4096+32")]
    [InlineData("CMA_SIZE_MBYTES=32 CMA_SIZE_PERCENTAGE=1 CMA_SIZE_SEL_PERCENTAGE=y", "reserved 0 4096+82")]
    [InlineData("CMA_SIZE_MBYTES=32 CMA_SIZE_PERCENTAGE=1 CMA_SIZE_SEL_MIN=y", "reserved 0 4096+32")]
    [InlineData("CMA_SIZE_MBYTES=32 CMA_SIZE_PERCENTAGE=1 CMA_SIZE_SEL_MAX=y", "reserved 0 4096+82")]
    public void BuildOptions_SayHowLargeTheGlobalAreaIs(string options, string expected) => Shown("", [.. Built, .. options.Split(' ')]).Should().Be(expected, "RAM is 8 GiB less 388 KiB");

    /// <summary>A window's memory can only have an area where firmware gives it as plain RAM.</summary>
    [Fact]
    public void CxlMemoryAsBootRam_CanHaveAnArea()
    {
        _machine.Efi(16 * GiB, (20 * GiB) - 1, EfiMemoryType.Conventional, EfiMemoryAttributes.WriteBack | EfiMemoryAttributes.SpecificPurpose);

        Shown("numa_cma=2:64M").Should().BeEmpty();
        Shown("numa_cma=2:64M efi=nosoftreserve").Should().Be("numa2 2 16384+64");
    }

    [Fact]
    public void Zones_CountThePages()
    {
        LinuxKernel kernel = _machine.Kernel("numa_cma=0:16M,1:32M", "6.12", Built).Boot();

        kernel.Numa.Node(0).Zone(ZoneType.Normal).CmaPages.Should().Be(4096);
        kernel.Numa.Node(1).Zone(ZoneType.Normal).CmaPages.Should().Be(8192);
        kernel.Numa.Node(0).Zone(ZoneType.Dma32).CmaPages.Should().Be(0);
    }

    /// <summary>Debian's 6.12 is built without: then these are parameters like any other that the kernel does not know.</summary>
    [Fact]
    public void WithoutTheOption_TheParametersAreUnknown()
    {
        LinuxKernel kernel = _machine.Kernel("cma=64M numa_cma=0:64M hugetlb_cma=1G").Boot();

        kernel.Contiguous.Areas.Should().BeEmpty();
        _machine.Log.Graded.Should().Contain("N Unknown kernel command line parameters, left to user space: \"cma=64M numa_cma=0:64M hugetlb_cma=1G\"");
    }

    /// <summary>Name, node, MiB of the start and the size.</summary>
    private string Shown(string commandLine, params string[] options) => string.Join(
        ", ",
        _machine.Kernel(commandLine, "6.12", options.Length > 0 ? options : Built).Boot().Contiguous.Areas
            .Select(area => $"{area.Name} {area.Node} {area.Range.Start.Value >> 20}+{area.Range.Size.Bytes >> 20}"));
}
