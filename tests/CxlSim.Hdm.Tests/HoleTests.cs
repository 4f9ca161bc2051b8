using CxlSim.Core;

namespace CxlSim.Hdm.Tests;

/// <summary>Addresses that some level lets fall: the outcome names the level, and nothing is thrown.</summary>
public class HoleTests
{
    private static readonly AddressRange Window = AddressRange.Of(new Hpa(0x1000000000), ByteSize.GiB(1));
    private static readonly AddressRange Half = AddressRange.Of(Window.Start, ByteSize.MiB(512));
    private static readonly HdmDecoder FirstHalf = new(Half, 1, 256, 0);
    private static readonly EndpointNode Endpoint = new(0, [FirstHalf]);

    public static TheoryData<string, DecodeNode?, DecodeOutcome> Trees => new()
    {
        { "no bridge", null, DecodeOutcome.NoTarget },
        { "an endpoint without decoders", new EndpointNode(0, []), DecodeOutcome.NoEndpointDecoder },
        { "an endpoint that ends before", Endpoint, DecodeOutcome.NoEndpointDecoder },
        { "a bridge without committed decoders", Port([], (0, Endpoint)), DecodeOutcome.NoPortDecoder },
        { "a bridge that ends before", Port([FirstHalf], (0, Endpoint)), DecodeOutcome.NoPortDecoder },
        { "a target that no port has", Port([Whole(1, 5)], (0, Endpoint)), DecodeOutcome.NoTarget },
        { "a passthrough bridge without ports", Port(null), DecodeOutcome.NoTarget },
        { "a passthrough bridge with two ports", Port(null, (0, Endpoint), (1, Endpoint)), DecodeOutcome.NoTarget },
        { "a switch without decoders", Port(null, (0, Port([], (0, Endpoint)))), DecodeOutcome.NoPortDecoder },
        { "a switch below a switch without targets", Port([Whole(1, 0)], (0, Port([Whole(1, 9)], (0, Endpoint)))), DecodeOutcome.NoTarget },
        { "a skip past the end of all addresses", new EndpointNode(0, [Whole(1, ulong.MaxValue)]), DecodeOutcome.PastCapacity },
    };

    [Theory]
    [MemberData(nameof(Trees))]
    public void Outcome_NamesTheLevel(string tree, DecodeNode? target, DecodeOutcome outcome)
    {
        EveryTranslator translator = new(new DecodeWindow(Window, 256, [target]));

        translator.Translate(Window.Last).Outcome.Should().Be(outcome, "of {0}", tree);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0xfffffffff)]
    [InlineData(0x1040000000)]
    [InlineData(ulong.MaxValue)]
    public void AddressOutsideTheWindow_HasNoWindow(ulong address) =>
        new EveryTranslator(new DecodeWindow(Window, 256, [Endpoint])).Translate(new Hpa(address)).Outcome.Should().Be(DecodeOutcome.NoWindow);

    // A target list has eight bytes (CXL r3.1 8.2.4.20.9): a ninth position leads nowhere, not back to the first.
    [Fact]
    public void PositionBeyondTheTargetList_LeadsNowhere()
    {
        PortNode bridge = Port([Whole(16, 0)], (0, Endpoint));
        EveryTranslator translator = new(new DecodeWindow(Window, 256, [bridge]));

        translator.Translate(Window.Start + new ByteSize(7 * 256)).Outcome.Should().Be(DecodeOutcome.Hit);
        translator.Translate(Window.Start + new ByteSize(8 * 256)).Outcome.Should().Be(DecodeOutcome.NoTarget);
    }

    [Fact]
    public void SkipOfADecoderBefore_MayRunPastTheEnd_WithoutAnException()
    {
        EndpointNode endpoint = new(0, [new HdmDecoder(Half, 1, 256, 0xffff_ffff_f000_0000), new HdmDecoder(Window, 1, 256, 0xffff_ffff_f000_0000)]);
        EveryTranslator translator = new(new DecodeWindow(Window, 256, [endpoint]));

        translator.Translate(Window.Last).Outcome.Should().Be(DecodeOutcome.PastCapacity);
    }

    private static HdmDecoder Whole(int ways, ulong targets) => new(Window, ways, 256, targets);

    private static PortNode Port(HdmDecoder[]? decoders, params (byte Number, DecodeNode Child)[] ports) =>
        new(decoders, ports.ToDictionary(port => port.Number, port => port.Child));
}
