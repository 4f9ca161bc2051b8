using CxlSim.Core;

namespace CxlSim.Hdm.Tests;

/// <summary>Batches whose addresses are of several windows, hits beside misses, of every length and in any place of memory.</summary>
public class MixedBatchTests
{
    private const int LongestBatch = 200;
    private const ulong Untouched = 0x5555_5555_5555_5555;

    private static readonly ByteSize Window = ByteSize.MiB(768);

    /// <summary>Beside each other a window of three ways, one of XOR arithmetic, one over a switch whose bridge does not know all of it; and far away the last addresses.</summary>
    private static readonly DecodeWindow[] Windows =
    [
        WindowOf(0x30_0000_0000, 3, 256, null, 0),
        WindowOf(0x30_3000_0000, 4, 512, [0x101200, 0x202400], 3),
        HalfKnown(0x30_6000_0000, 7),
        WindowOf(ulong.MaxValue - Window.Bytes + 1, 2, 1024, null, 8),
    ];

    private static readonly RouteTable Table = RouteTable.Compile(Windows);

    private static readonly ulong[] Addresses = AddressesOf(new Random(5));

    public static TheoryData<int> Widths => [.. EveryTranslator.Widths.Select(width => (int)width)];

    [Fact]
    public void Addresses_AreOfAllWindows_AndOutside() =>
        Addresses.Select(address => Windows.Count(window => window.Range.Start.Value <= address)).Distinct().Should().HaveCount(Windows.Length + 1);

    [Theory]
    [MemberData(nameof(Widths))]
    public void EveryLengthAndPlace_SaysWhatTheReferenceSays(int width)
    {
        ReferenceTranslator reference = new(Windows);
        (ushort Target, ulong Dpa)[] expected = [.. Addresses.Select(address => EveryTranslator.Answer(reference.Translate(new Hpa(address))))];
        for (int length = 0; length <= LongestBatch; length++)
        {
            int start = length % 7; // vectors of addresses, DPAs and targets begin in different places
            ulong[] dpas = [.. Enumerable.Repeat(Untouched, LongestBatch + 16)];
            ushort[] targets = [.. Enumerable.Repeat((ushort)0x5555, LongestBatch + 16)];
            Batch.Translate(Table, Addresses.AsSpan(start, length), dpas.AsSpan(3, length), targets.AsSpan(5, length), (BatchWidth)width);

            dpas.Skip(3).Take(length).Should().Equal(expected.Skip(start).Take(length).Select(answer => answer.Dpa), "of {0}", length);
            targets.Skip(5).Take(length).Should().Equal(expected.Skip(start).Take(length).Select(answer => answer.Target), "of {0}", length);
            dpas.Take(3).Concat(dpas.Skip(3 + length)).Should().OnlyContain(dpa => dpa == Untouched);
            targets.Take(5).Concat(targets.Skip(5 + length)).Should().OnlyContain(target => target == 0x5555);
        }
    }

    // Behind 768 MiB the next power of two is not reached: an address there belongs to the neighbour, though it has no bit more.
    [Theory]
    [MemberData(nameof(Widths))]
    public void NeighbourBehindAnOddRange_IsAStranger(int width)
    {
        ulong[] addresses = [.. Enumerable.Repeat(0x30_0000_0000UL, 64)];
        addresses[40] = 0x30_3000_0000;
        ulong[] dpas = new ulong[addresses.Length];
        ushort[] targets = new ushort[addresses.Length];

        Batch.Translate(Table, addresses, dpas, targets, (BatchWidth)width);

        targets[40].Should().Be(3);
        targets.Count(target => target == 0).Should().Be(63);
    }

    // Devices that each claim the whole window count every byte of it, so a far address is a large DPA, and the second device adds its skip.
    [Theory]
    [MemberData(nameof(Widths))]
    public void StrangerFarAway_IsNoOverflow(int width)
    {
        AddressRange range = AddressRange.Of(new Hpa(0x1000_0000), ByteSize.MiB(1));
        RouteTable table = RouteTable.Compile(
            [new DecodeWindow(range, 256, [new EndpointNode(0, [new HdmDecoder(range, 1, 256, 0)]), new EndpointNode(1, [new HdmDecoder(range, 1, 256, 0x4000_0000)])])]);
        ulong[] addresses = [.. Enumerable.Range(0, 64).Select(i => i % 5 == 4 ? ulong.MaxValue : 0x1000_0100)];
        ulong[] dpas = new ulong[addresses.Length];
        ushort[] targets = new ushort[addresses.Length];

        Batch.Translate(table, addresses, dpas, targets, (BatchWidth)width);

        dpas.Should().Equal(addresses.Select(address => address == ulong.MaxValue ? 0 : 0x4000_0100UL));
        targets.Select(RouteTable.OutcomeOf).Should().Equal(addresses.Select(address => address == ulong.MaxValue ? DecodeOutcome.NoWindow : DecodeOutcome.Hit));
    }

    [Fact]
    public void PublicBatch_SaysTheSame_AndReverseLeadsBack()
    {
        ReferenceTranslator reference = new(Windows);
        Hpa[] addresses = [.. Addresses.Select(address => new Hpa(address))];
        Dpa[] dpas = new Dpa[addresses.Length];
        ushort[] targets = new ushort[addresses.Length];
        Table.Translate(addresses, dpas, targets);
        targets.Zip(dpas, (target, dpa) => (target, dpa.Value)).Should().Equal(Addresses.Select(address => EveryTranslator.Answer(reference.Translate(new Hpa(address)))));

        Hpa[] back = new Hpa[addresses.Length];
        Table.Reverse(targets, dpas, back);
        back.Should().Equal(addresses.Zip(targets, (address, target) => RouteTable.OutcomeOf(target) == DecodeOutcome.Hit ? address : RouteTable.NoAddress));
    }

    [Fact]
    public void SpansOfDifferentLength_AreRefused()
    {
        FluentActions.Invoking(() => Table.Translate(new Hpa[2], new Dpa[1], new ushort[2])).Should().Throw<SimulatorBugException>();
        FluentActions.Invoking(() => Table.Translate(new Hpa[2], new Dpa[2], new ushort[3])).Should().Throw<SimulatorBugException>();
        FluentActions.Invoking(() => Table.Reverse(new ushort[2], new Dpa[1], new Hpa[2])).Should().Throw<SimulatorBugException>();
        FluentActions.Invoking(() => Table.Reverse(new ushort[2], new Dpa[2], new Hpa[3])).Should().Throw<SimulatorBugException>();
    }

    [Fact]
    public void AnswersOverQuestions_AreRefused()
    {
        ulong[] memory = new ulong[12];
        FluentActions.Invoking(() => Table.Translate(As<Hpa>(memory.AsSpan(0, 8)), As<Dpa>(memory.AsSpan(4, 8)), new ushort[8])).Should().Throw<SimulatorBugException>();
        FluentActions.Invoking(() => Table.Reverse(new ushort[8], As<Dpa>(memory.AsSpan(0, 8)), As<Hpa>(memory.AsSpan(4, 8)))).Should().Throw<SimulatorBugException>();
        FluentActions.Invoking(() => Table.Translate(As<Hpa>(memory.AsSpan(0, 6)), As<Dpa>(memory.AsSpan(6, 6)), new ushort[6])).Should().NotThrow("they only touch");
    }

    private static Span<T> As<T>(Span<ulong> memory)
        where T : struct => System.Runtime.InteropServices.MemoryMarshal.Cast<ulong, T>(memory);

    /// <summary>In turn from every window, from between them and from anywhere.</summary>
    private static ulong[] AddressesOf(Random random) =>
    [
        .. Enumerable.Range(0, LongestBatch + 8).Select(_ => random.Next(Windows.Length + 2)).Select(choice =>
            choice < Windows.Length ? Windows[choice].Range.Start.Value + (ulong)random.NextInt64((long)Window.Bytes)
            : choice == Windows.Length ? 0x2f_f000_0000 + (ulong)random.NextInt64(0x1_0000_0000)
            : unchecked((ulong)random.NextInt64(long.MinValue, long.MaxValue))),
    ];

    private static DecodeWindow WindowOf(ulong start, int ways, int granularity, ulong[]? maps, int firstDevice)
    {
        AddressRange range = AddressRange.Of(new Hpa(start), Window);
        return new DecodeWindow(
            range, granularity, [.. Enumerable.Range(firstDevice, ways).Select(device => new EndpointNode(device, [new HdmDecoder(range, ways, granularity, (ulong)device << 28)]))], maps);
    }

    private static DecodeWindow HalfKnown(ulong start, int device)
    {
        AddressRange range = AddressRange.Of(new Hpa(start), Window);
        HdmDecoder half = new(AddressRange.Of(range.Start, ByteSize.MiB(300)), 1, 256, 0);
        return new DecodeWindow(range, 256, [new PortNode([half], new Dictionary<byte, DecodeNode> { [0] = new EndpointNode(device, [half]) })]);
    }
}
