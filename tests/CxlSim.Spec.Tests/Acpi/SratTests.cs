using CxlSim.Spec.Acpi;

namespace CxlSim.Spec.Tests.Acpi;

public class SratTests
{
    // Header, then a reserved word that must be 1 and eight reserved bytes.
    private const int FirstRecord = 48;
    private readonly GoldenTable _table = new("01-single-volatile", "SRAT");

    [Fact]
    public void Header_IsThatOfASrat()
    {
        AcpiTableHeader.Name(_table.Header.Signature).Should().Be("SRAT");
        _table.Header.Length.Should().Be((uint)_table.Bytes.Length);
        AcpiChecksum.IsValid(_table.Bytes).Should().BeTrue();
    }

    [Fact]
    public void Processors_AreEnabledInDomainZero()
    {
        SratProcessorAffinity[] processors =
            [.. Records(SratProcessorAffinity.TypeId).Select(_table.Read<SratProcessorAffinity>)];

        processors.Select(p => p.ApicId).Should().Equal(0, 1);
        processors.Should().OnlyContain(p => p.Length == SratProcessorAffinity.SpecSize && p.Flags == SratProcessorAffinity.FlagEnabled);
        processors.Should().OnlyContain(p => p.ProximityDomainLow + p.ProximityDomain1 + p.ProximityDomain2 + p.ProximityDomain3 == 0);
    }

    [Fact]
    public void Memory_IsLowMemory_HighMemory_AndWhatCanBePluggedIn()
    {
        SratMemoryAffinity[] memory = [.. Records(SratMemoryAffinity.TypeId).Select(_table.Read<SratMemoryAffinity>)];

        memory.Should().OnlyContain(m => m.Length == SratMemoryAffinity.SpecSize);
        memory.Select(m => (m.ProximityDomain, m.Base, m.RangeLength, m.Flags)).Should().Equal(
            (0u, 0ul, 0xa_0000ul, SratMemoryAffinity.FlagEnabled),
            (0u, 0x10_0000ul, 0x7ff0_0000ul, SratMemoryAffinity.FlagEnabled),
            (0u, 0ul, 0ul, 0u),
            (0u, 0x1_0000_0000ul, 0x3_8000_0000ul, SratMemoryAffinity.FlagEnabled | SratMemoryAffinity.FlagHotPluggable));
    }

    private IReadOnlyList<int> Records(byte type) => _table.Records(type, FirstRecord, lengthOffset: 1, lengthSize: 1);
}
