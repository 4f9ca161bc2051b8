using CxlSim.Spec.Acpi;

namespace CxlSim.Kernel.Tests;

/// <summary>Records of a table, whose lengths may be wrong.</summary>
public sealed class SubtableWalkerTests
{
    [Fact]
    public void Common_GoesFromRecordToRecord() => Types(SubtableFormat.Common, [9, 9, 1, 3, 0, 2, 2, 3, 3, 0], 2).Should().Equal(1, 2, 3);

    [Fact]
    public void Cedt_HasALengthOfTwoBytes() => Types(SubtableFormat.Cedt, [0, 0, 8, 0, 0, 0, 0, 0, 1, 0, 5, 0, 7], 0).Should().Equal(0, 1);

    [Fact]
    public void Hmat_HasALengthOfFourBytes() => Types(SubtableFormat.Hmat, [2, 1, 0, 0, 9, 0, 0, 0, 0, 3, 0, 0, 0, 9, 0, 0, 0, 0], 0).Should().Equal(0x102, 3);

    [Fact]
    public void RecordOfNothingButAHeaderAtTheEnd_IsNeverSeen()
    {
        Types(SubtableFormat.Common, [1, 2], 0).Should().BeEmpty();
        Types(SubtableFormat.Cedt, [1, 0, 4, 0], 0).Should().BeEmpty();
    }

    [Fact]
    public void LengthOfZero_EndsTheWalkAsAnError()
    {
        SubtableWalker walker = new([1, 3, 0, 2, 0, 0, 3, 3, 0], 0, SubtableFormat.Common);

        walker.MoveNext().Should().BeTrue();
        walker.MoveNext().Should().BeTrue("only the way to the next record needs a length");
        walker.IsInvalid.Should().BeFalse();
        walker.MoveNext().Should().BeFalse();
        walker.IsInvalid.Should().BeTrue();
    }

    [Fact]
    public void LengthPastTheEnd_IsTheLastRecord() => Types(SubtableFormat.Common, [1, 200, 0, 0, 0], 0).Should().Equal(1);

    [Fact]
    public void LengthShorterThanTheRecord_MisalignsTheRest() => Types(SubtableFormat.Common, [1, 1, 7, 4, 5], 0).Should().Equal(1, 1);

    [Fact]
    public void TableShorterThanItsFixedPart_HasNoRecords() => Types(SubtableFormat.Common, [1, 2, 3], 48).Should().BeEmpty();

    private static List<int> Types(SubtableFormat format, byte[] table, int first)
    {
        List<int> types = [];
        SubtableWalker walker = new(table, first, format);
        while (walker.MoveNext())
        {
            types.Add(walker.Type);
        }

        return types;
    }
}
