using CxlSim.Core;
using CxlSim.Spec.Efi;

namespace CxlSim.Kernel.Tests;

/// <summary>The EFI map becomes the x86 map twice: in the boot stub, and again in the kernel (fact sheet 10, 8.3 and 8.4).</summary>
public sealed class EfiPassesTests
{
    private const ulong GiB = 1UL << 30;
    private const EfiMemoryAttributes Special = EfiMemoryAttributes.WriteBack | EfiMemoryAttributes.SpecificPurpose;
    private readonly TableMachine _machine = new TableMachine().Ram(0, (2 * GiB) - 1);

    /// <summary>Two windows of 4 GiB side by side, as in the documentation's one device per host bridge.</summary>
    [Fact]
    public void SpecialNeighbours_AreOneForTheStubAndTwoForTheKernel()
    {
        LinuxKernel kernel = WithTwoWindows().Boot();

        kernel.FirmwareMap.Count(entry => entry.Type == E820Type.SoftReserved).Should().Be(1);
        _machine.Log.Lines.Should().Contain("BIOS-e820: [mem 0x0000001000000000-0x00000011ffffffff] soft reserved");
        Shown(kernel, E820Type.SoftReserved).Should().Be("64-68 68-72");
        kernel.E820.MaxAddress.Value.Should().Be(2 * GiB, "soft-reserved memory does not count");
    }

    [Theory]
    [InlineData("efi=nosoftreserve", "")]
    [InlineData("", "EFI_SOFT_RESERVE=n")]
    public void WithoutSoftReserve_SpecialMemoryIsRam(string commandLine, string option)
    {
        LinuxKernel kernel = WithTwoWindows().Kernel(commandLine, "6.12", [.. new[] { option }.Where(text => text.Length > 0)]).Boot();

        Shown(kernel, E820Type.SoftReserved).Should().BeEmpty();
        kernel.E820.MaxAddress.Value.Should().Be(72 * GiB);
    }

    /// <summary>The stub does not look at write-back; the second look does, where it takes place.</summary>
    [Theory]
    [InlineData("", "4-8")]
    [InlineData("add_efi_memmap", "")]
    public void UncachedMemory_IsRamWithoutTheSecondLook(string commandLine, string expected)
    {
        LinuxKernel kernel = _machine.Efi(4 * GiB, (8 * GiB) - 1, EfiMemoryType.Conventional, EfiMemoryAttributes.Uncacheable).Kernel(commandLine).Boot();

        string.Join(' ', Shown(kernel, E820Type.Ram).Split(' ').Where(range => range[0] == '4')).Should().Be(expected);
    }

    [Fact]
    public void UnknownType_IsSkippedByTheStubAndReservedByTheKernel()
    {
        _machine.Efi(4 * GiB, (8 * GiB) - 1, (EfiMemoryType)0x7000_0000, EfiMemoryAttributes.WriteBack);

        Shown(_machine.Boot(), E820Type.Reserved).Should().NotContain("4-8");
        Shown(_machine.Kernel("add_efi_memmap").Boot(), E820Type.Reserved).Should().Contain("4-8");
    }

    [Theory]
    [InlineData(0u, E820Type.Reserved)]
    [InlineData(1u, E820Type.Ram)]
    [InlineData(2u, E820Type.Ram)]
    [InlineData(3u, E820Type.Ram)]
    [InlineData(4u, E820Type.Ram)]
    [InlineData(5u, E820Type.Reserved)]
    [InlineData(6u, E820Type.Reserved)]
    [InlineData(7u, E820Type.Ram)]
    [InlineData(8u, E820Type.Unusable)]
    [InlineData(9u, E820Type.Acpi)]
    [InlineData(10u, E820Type.Nvs)]
    [InlineData(11u, E820Type.Reserved)]
    [InlineData(12u, E820Type.Reserved)]
    [InlineData(13u, E820Type.Reserved)]
    [InlineData(14u, E820Type.Pmem)]
    public void Types_AreThoseOfTheTable(uint efi, E820Type expected) =>
        EfiMap.FromStub([new EfiMemoryDescriptor { Type = efi, PhysicalStart = 0, NumberOfPages = 1 }], softReserve: true).Should().ContainSingle().Which.Type.Should().Be(expected);

    /// <summary>The second look comes after what the user said, and takes no heed of it.</summary>
    [Fact]
    public void SecondLook_BringsBackWhatTheUserTookAway()
    {
        LinuxKernel kernel = WithTwoWindows().Kernel("mem=1G").Boot();

        Shown(kernel, E820Type.Ram).Should().EndWith("0-2");
    }

    [Fact]
    public void RamUnderSoftReserved_CutsItInPieces()
    {
        E820Table table = new(new KernelLog(new Engine.Simulation(0)), new KernelConfig(new Version(6, 12), new Dictionary<string, string>()), ResourceTree.End);

        table.Add([(Range(0, 8), E820Type.SoftReserved), (Range(2, 4), E820Type.Ram)]);

        string.Join(' ', table.Entries.Select(entry => $"{entry.Range.Start.Value / GiB}-{(entry.Range.Last.Value + 1) / GiB} {entry.Type}"))
            .Should().Be("0-2 SoftReserved 2-4 SoftReserved 4-8 SoftReserved");
    }

    [Fact]
    public void MapOfNewKernels_ShowsGapsAndOtherNames()
    {
        WithTwoWindows().Efi(0xffff_e000, 0xffff_ffff, EfiMemoryType.Reserved, EfiMemoryAttributes.None).Kernel(version: "7.0").Boot();

        _machine.Log.Lines.Should().ContainInOrder(
            "BIOS-e820: [mem 0x0000000000000000-0x000000007fffffff]  System RAM",
            "BIOS-e820: [gap 0x0000000080000000-0x00000000ffffdfff]",
            "BIOS-e820: [mem 0x00000000ffffe000-0x00000000ffffffff]  device reserved",
            "BIOS-e820: [gap 0x0000000100000000-0x0000000fffffffff]",
            "BIOS-e820: [mem 0x0000001000000000-0x00000011ffffffff]  soft reserved",
            "e820: update [mem 0x00000000-0x00000fff] System RAM ==> device reserved",
            "e820: remove [mem 0x000a0000-0x000fffff] System RAM");
    }

    private TableMachine WithTwoWindows() => _machine
        .Efi(64 * GiB, (68 * GiB) - 1, EfiMemoryType.Conventional, Special)
        .Efi(68 * GiB, (72 * GiB) - 1, EfiMemoryType.Conventional, Special);

    private static AddressRange Range(ulong first, ulong end) => AddressRange.FromBounds(new Hpa(first * GiB), new Hpa((end * GiB) - 1));

    private static string Shown(LinuxKernel kernel, E820Type type) => string.Join(
        ' ', kernel.E820.Entries.Where(entry => entry.Type == type).Select(entry => $"{entry.Range.Start.Value / GiB}-{(entry.Range.Last.Value + 1) / GiB}"));
}
