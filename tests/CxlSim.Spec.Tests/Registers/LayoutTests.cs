using CxlSim.Spec.Cxl;
using CxlSim.Spec.Pci;

namespace CxlSim.Spec.Tests;

/// <summary>Layouts are well formed: registers of known widths, side by side, aligned; fields within them, side by side.</summary>
public class LayoutTests
{
    private static readonly BlockLayout[] Layouts =
    [
        PciHeaderLayout.Endpoint, PciHeaderLayout.Bridge, ExpressLayout.Of(hasSlot: true, isRootPort: true), ExpressLayout.Of(hasSlot: false, isRootPort: false),
        .. Enumerable.Range(0, 256).Select(id => PciCapabilityLayout.Of((byte)id)).OfType<BlockLayout>(),
        .. Enumerable.Range(0, 256).Select(id => PciCapabilityLayout.OfExtended((ushort)id)).OfType<BlockLayout>(),
        .. Enumerable.Range(0, 12).Select(id => DvsecLayout.Of((ushort)id, 0x100)).Where(layout => layout.Registers.Length > 0),
        ComponentLayout.Array([2, 4, 5, 6, 8]), .. Enumerable.Range(0, 16).Select(id => ComponentLayout.Of((ushort)id)).OfType<BlockLayout>(),
        HdmDecoderLayout.Of(32, isEndpoint: false), HdmDecoderLayout.Of(1, isEndpoint: true),
        DeviceLayout.Array([1, 2, 0x4000]), DeviceLayout.Of(1)!, DeviceLayout.Of(2)!, DeviceLayout.Of(0x4000)!,
    ];

    public static IEnumerable<object[]> Names => Layouts.Select((layout, index) => new object[] { index, layout.Name });

    [Theory]
    [MemberData(nameof(Names))]
    public void Layout_IsWellFormed(int index, string name)
    {
        RegisterLayout[] registers = [.. Layouts[index].Registers.OrderBy(register => register.Offset)];
        registers.Select(register => register.Name).Should().OnlyHaveUniqueItems(name);
        registers.Should().OnlyContain(register => register.Width == 1 || register.Width == 2 || register.Width == 4 || register.Width == 8);
        registers.Should().OnlyContain(register => register.Offset % Math.Min(register.Width, 4) == 0);
        registers.Zip(registers.Skip(1)).Should().NotContain(pair => pair.First.Offset + pair.First.Width > pair.Second.Offset);
        foreach (RegisterLayout register in registers)
        {
            register.Fields.Should().NotContain(field => field.Low < 0 || field.Low > field.High || field.High >= 8 * register.Width, register.Name);
            register.Fields.Zip(register.Fields.Skip(1)).Should().NotContain(pair => pair.First.High >= pair.Second.Low, register.Name);
            register.Fields.Select(field => field.Name).Should().OnlyHaveUniqueItems(register.Name);
        }
    }

    [Fact]
    public void Dvsec_EndsWhereItsLengthSays() =>
        DvsecLayout.Of(Dvsec.DeviceId, 0x38).Registers.Select(register => register.Name).Should().Contain("CXL Range 2 Base Low").And.NotContain("CXL Capability3");
}
