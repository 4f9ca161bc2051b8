using CxlSim.Core;
using FsCheck;
using FsCheck.Fluent;

namespace CxlSim.Hdm.Tests;

/// <summary>Whatever registers hold: the table and batches say what the reference says, and nothing is thrown.</summary>
public class RandomLayoutTests
{
    private const int Layouts = 1500;

    [Fact]
    public void Table_AgreesWithTheReference() => ForAll(example =>
    {
        RandomLayout layout = new(example.Seed, example.Size);
        ReferenceTranslator reference = new(layout.Windows);
        RouteTable table = RouteTable.Compile(layout.Windows);
        foreach (Hpa address in layout.Addresses(100).Select(value => new Hpa(value)))
        {
            Translation expected = reference.Translate(address);
            Translation found = table.Translate(address);
            bool agrees = (found with { Run = expected.Run }) == expected && found.Run <= expected.Run && found.Run.IsZero == expected.Run.IsZero;
            agrees.Should().BeTrue("the reference says {0} of {1}, and the table {2}", expected, address, found);
        }
    });

    [Fact]
    public void Batches_AgreeWithTheReference() => ForAll(example =>
    {
        RandomLayout layout = new(example.Seed, example.Size);
        ulong[] addresses = layout.Addresses(300);
        EveryTranslator translator = new(layout.Windows);

        translator.AgreesOver(addresses).Should().BeTrue();
        translator.AgreesOver([.. addresses.Order()]).Should().BeTrue("blocks whose addresses are neighbours go another way");
    });

    [Fact]
    public void EveryByteOfARun_IsTheNeighbour() => ForAll(example =>
    {
        RandomLayout layout = new(example.Seed, example.Size);
        ReferenceTranslator reference = new(layout.Windows);
        foreach (Hpa address in layout.Addresses(50).Select(value => new Hpa(value)))
        {
            Translation first = reference.Translate(address);
            for (int i = 0; first.Outcome == DecodeOutcome.Hit && i < 8; i++)
            {
                ByteSize step = new(i == 0 ? first.Run.Bytes - 1 : layout.Below(Math.Min(first.Run.Bytes, 1UL << (6 + (2 * i)))));
                reference.Translate(address + step).Should().Be(first with { Address = first.Address + step, Run = first.Run - step }, "{0} after {1}", step, address);
            }
        }
    });

    [Fact]
    public void Reverse_AgreesWithTheReference_AndLeadsBack() => ForAll(example =>
    {
        RandomLayout layout = new(example.Seed, example.Size);
        EveryTranslator translator = new(layout.Windows);
        foreach (ulong address in layout.Addresses(30))
        {
            Translation found = translator.Table.Translate(new Hpa(address));
            if (found.Outcome == DecodeOutcome.Hit)
            {
                Hpa? back = translator.Reverse(found.Device, found.Address);
                (translator.Table.Translate(back!.Value) with { Run = found.Run }).Should().Be(found);
            }

            translator.Reverse((int)layout.Below((ulong)layout.Devices + 1), new Dpa(layout.Below(1 << 20)));
        }
    });

    [Fact]
    public void Faults_NameTheUnitAndDecoderOfAMiss() => ForAll(example =>
    {
        RandomLayout layout = new(example.Seed, example.Size);
        RouteTable table = RouteTable.Compile(layout.Windows);
        foreach (Hpa address in layout.Addresses(50).Select(value => new Hpa(value)))
        {
            if (table.Explain(address) is [.., { Outcome: not DecodeOutcome.Hit } end] && !IsHole(end))
            {
                table.Faults.Any(fault => fault.Unit == (end.Node?.Name ?? end.Window.Name) && Explains(fault, end)).Should().BeTrue("{0} has a reason", end);
            }
        }
    });

    private static bool IsHole(RouteStep end) =>
        end.Outcome is DecodeOutcome.NoEndpointDecoder or DecodeOutcome.NoPortDecoder || end.Node is PortNode { IsPassthrough: true };

    private static bool Explains(RouteFault fault, RouteStep end) => end.Outcome switch
    {
        DecodeOutcome.OverlappingDecoders => fault.Kind == RouteFaultKind.Overlap,
        DecodeOutcome.IllegalDecoder => fault.Kind == end.Decoder!.Value.Fault && fault.Decoder == end.Decoder!.Value.Number,
        DecodeOutcome.PastCapacity => fault.Kind == RouteFaultKind.PastCapacity && fault.Decoder == end.Decoder!.Value.Number,
        _ => fault.Kind is RouteFaultKind.NoSuchTarget or RouteFaultKind.TooManyTargets && fault.Decoder == end.Decoder?.Number,
    };

    private static void ForAll(Action<(int Seed, int Size)> holds) =>
        FsCheck.Check.One(Config.QuickThrowOnFailure.WithMaxTest(Layouts).WithReplay(1, 3), Prop.ForAll(RandomLayout.Cases, holds));
}
