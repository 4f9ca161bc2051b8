using CxlSim.Core;
using CxlSim.Spec.Efi;

namespace CxlSim.Platform.Tests;

/// <summary>The platform files that come with the program.</summary>
public class PlatformFileTests
{
    [Fact]
    public void SingleDevice_ReadsWithoutADiagnostic()
    {
        PlatformDescription platform = Read("single-device.yaml");
        platform.Name.Should().Be("single-device");
        platform.Memory.Nodes.Single().Ranges.Select(r => r.ToString()).Should().Equal("0x0-0x7fffffff", "0x100000000-0x87fffffff");
        platform.Firmware.Decoders.Should().Be(FirmwareDecoders.Locked);
        platform.HostBridges.Select(b => b.Uid).Should().Equal(5u, 0u, 4u, 1u);
        platform.HostBridges.Select(b => $"{b.Bus:x2}-{b.LastBus:x2}").Should().Equal("d2-d5", "00-02", "a8-a9", "2a-2b");
        platform.HostBridges.Select(b => b.Cxl!.ComponentRegisters.ToString()).Should().Equal("0x880000000", "0x880010000", "0x880020000", "0x880030000");
        platform.HostBridges.Select(b => b.Cxl!.HdmDecoders).Should().Equal(4, 4, 4, 4);
        platform.HostBridges[0].Functions.Select(f => $"{f.Device:x2}.{f.Function} {f.VendorId:x4}:{f.DeviceId:x4} {f.ClassCode:x6}")
            .Should().Equal("01.0 8086:09a2 088000", "07.0 8086:09a2 088000");
        platform.HostBridges[0].RootPorts[0].Child.Should().BeOfType<Type3Description>().Which.Id.Should().Be("mem-uid5-01.1");
        platform.Windows.Single().Range.ToString().Should().Be("0xc050000000-0xe04fffffff");
        platform.Windows.Single().Restrictions.Should().Be(6);
        platform.Steps[0].Should().Be(new StoreStep(new SourceLocation(platform.File, 24, 5), new Hpa(0xc050000000), 0x1122334455667788));
        platform.Steps[1].Should().BeOfType<LoadStep>().Which.Value.Should().Be(0x1122334455667788);
    }

    [Fact]
    public void QemuSingle_ReadsWithoutADiagnostic()
    {
        PlatformDescription platform = Read("qemu-single.yaml");
        platform.Kernel.Image!.Bss.ToString().Should().Be("0x76938000-0x76dfffff");
        platform.Kernel.CommandLine.Should().Be("console=ttyS0 panic=-1 loglevel=6 printk.time=1 log_buf_len=8M no_hash_pointers");
        platform.Memory.Efi.Should().HaveCount(22);
        platform.Memory.Efi[^2].Should().Be(new EfiEntryDescription(
            AddressRange.FromBounds(new Hpa(0xffc00000), new Hpa(0xffffffff)),
            EfiMemoryType.MemoryMappedIo,
            EfiMemoryAttributes.Uncacheable | EfiMemoryAttributes.Runtime));
        platform.Memory.Srat.Should().HaveCount(5);
        platform.Memory.Srat![4].Should().Be(new SratMemoryDescription(0, AddressRange.FromBounds(new Hpa(0x100000000), new Hpa(0x47fffffff)), true));
        platform.HostBridges[0].Cxl.Should().BeNull();
        platform.HostBridges[0].Functions.Should().HaveCount(6);
        platform.HostBridges[0].Functions[2].Bars[1].Should().Be(new BarDescription(4, ByteSize.KiB(16), Is64Bit: true, Prefetchable: true));
        platform.HostBridges[1].Cxl.Should().Be(new CxlHostBridgeDescription(new Hpa(0x480000000), 0));
        platform.HostBridges[1].RootPorts[0].Hotplug.Should().BeTrue();
        platform.Windows[0].Restrictions.Should().Be(0xf);
        platform.Steps.Single().Should().BeOfType<CreateRegionStep>().Which.Should().BeEquivalentTo(
            new { Decoder = "decoder0.0", Type = "ram", Memdevs = new[] { "mem0" }, Size = ByteSize.MiB(512), Granularity = (int?)null });
    }

    [Fact]
    public void MultiInterleave_ReadsWithoutADiagnostic()
    {
        PlatformDescription platform = Read("multi-interleave.yaml");
        platform.Windows.Single().Range.Should().Be(AddressRange.Of(new Hpa(0xc050000000), ByteSize.GiB(512)));
        platform.Windows.Single().Targets.Should().Equal(5u, 4u);
        platform.Windows.Single().XorMaps.Should().BeNull("the arithmetic is modulo");
    }

    [Fact]
    public void Xor4Way_ReadsWithoutADiagnostic()
    {
        WindowDescription window = Read("xor-4way.yaml").Windows.Single();
        window.Range.Should().Be(AddressRange.Of(new Hpa(0x1000000000), ByteSize.GiB(16)));
        window.XorMaps.Should().Equal(0x404100UL, 0x808200UL);
    }

    [Fact]
    public void File_IsRefused_WhenItCannotBeRead()
    {
        foreach (string path in new[] { "/nowhere/at/all.yaml", "", "a\0b", "/" })
        {
            PlatformReadResult result = PlatformReader.ReadFile(path);
            result.Platform.Should().BeNull();
            result.Diagnostics.Select(Given.Show).Should().Equal("CXP0001 1:1");
        }
    }

    private static PlatformDescription Read(string name)
    {
        PlatformReadResult result = PlatformReader.ReadFile(RepositoryRoot.File("platforms/" + name));
        result.Diagnostics.Should().BeEmpty();
        return result.Platform!;
    }
}
