using FsCheck;
using FsCheck.Fluent;

namespace CxlSim.Core.Tests.Addresses;

public class AddressRangeTests
{
    [Theory]
    [InlineData(0ul, 1ul, true)]
    [InlineData(0ul, 0ul, false)]
    [InlineData(ulong.MaxValue, 1ul, true)]
    [InlineData(ulong.MaxValue, 2ul, false)]
    [InlineData(1ul, ulong.MaxValue, true)]
    [InlineData(2ul, ulong.MaxValue, false)]
    [InlineData(0ul, ulong.MaxValue, true)]
    public void TryCreate_RefusesEmptyRangesAndThosePastTheEnd(ulong start, ulong size, bool expected) =>
        AddressRange.TryCreate(new Hpa(start), new ByteSize(size), out _).Should().Be(expected);

    [Fact]
    public void Of_TreatsAnIllegalRangeAsABug()
    {
        FluentActions.Invoking(() => AddressRange.Of(Hpa.Zero, ByteSize.Zero)).Should().Throw<SimulatorBugException>().WithMessage("*0 B at 0x0*");
        FluentActions.Invoking(() => AddressRange.Of(new Hpa(ulong.MaxValue), ByteSize.Page)).Should().Throw<SimulatorBugException>();
    }

    [Fact]
    public void FromBounds_IncludesTheLastByte()
    {
        AddressRange range = AddressRange.FromBounds(new Hpa(0x4_9000_0000), new Hpa(0x5_8fff_ffff));

        range.Size.Should().Be(ByteSize.GiB(4));
        range.Last.Should().Be(new Hpa(0x5_8fff_ffff));
        range.ToString().Should().Be("0x490000000-0x58fffffff");
    }

    [Fact]
    public void FromBounds_ReachesTheLastByteOfTheAddressSpace() =>
        AddressRange.FromBounds(new Hpa(1), new Hpa(ulong.MaxValue)).Last.Value.Should().Be(ulong.MaxValue);

    [Fact]
    public void FromBounds_RefusesBackwardAndUnrepresentableRanges()
    {
        FluentActions.Invoking(() => AddressRange.FromBounds(new Hpa(9), new Hpa(3))).Should().Throw<SimulatorBugException>();
        FluentActions.Invoking(() => AddressRange.FromBounds(Hpa.Zero, new Hpa(ulong.MaxValue))).Should().Throw<SimulatorBugException>();
    }

    [Fact]
    public void ContainsAndOverlaps_AgreeWithCountingBytes() => FsCheck.Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(1000),
        Prop.ForAll(Ranges(), Ranges(), (a, b) =>
        {
            ulong[] ofA = Bytes(a);
            ulong[] ofB = Bytes(b);
            return a.Overlaps(b) == ofA.Intersect(ofB).Any()
                && a.Overlaps(b) == b.Overlaps(a)
                && a.Contains(b) == ofB.All(ofA.Contains)
                && ofB.All(address => a.Contains(new Hpa(address)) == ofA.Contains(address));
        }));

    [Fact]
    public void Contains_HoldsAtTheEndOfTheAddressSpace()
    {
        AddressRange top = AddressRange.Of(new Hpa(ulong.MaxValue - 0xfff), ByteSize.Page);

        top.Contains(new Hpa(ulong.MaxValue)).Should().BeTrue();
        top.Contains(Hpa.Zero).Should().BeFalse();
        top.Overlaps(AddressRange.Of(Hpa.Zero, ByteSize.Page)).Should().BeFalse();
        top.Contains(top).Should().BeTrue();
    }

    private static Arbitrary<AddressRange> Ranges() => Gen.Choose(0, 12)
        .SelectMany(start => Gen.Choose(1, 6), (start, size) => AddressRange.Of(new Hpa((ulong)start), new ByteSize((ulong)size)))
        .ToArbitrary();

    private static ulong[] Bytes(AddressRange range) => [.. Enumerable.Range(0, (int)range.Size.Bytes).Select(i => range.Start.Value + (ulong)i)];
}
