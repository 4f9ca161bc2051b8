namespace CxlSim.Timing.Tests.Flits;

/// <summary>Fact sheet 40, sections 1 and 2.</summary>
public class FlitFormatTests
{
    [Theory]
    [InlineData(FlitMode.Flit68, MemoryMessage.Req, 6)]
    [InlineData(FlitMode.Flit68, MemoryMessage.RwD, 30)]
    [InlineData(FlitMode.Flit68, MemoryMessage.Drs, 27)] // 4.5 slots
    [InlineData(FlitMode.Flit68, MemoryMessage.Ndr, 2)]
    [InlineData(FlitMode.Flit256, MemoryMessage.Req, 6)]
    [InlineData(FlitMode.Flit256, MemoryMessage.RwD, 30)]
    [InlineData(FlitMode.Flit256, MemoryMessage.Drs, 26)] // 4 1/3 slots
    [InlineData(FlitMode.Flit256, MemoryMessage.Ndr, 2)]
    [InlineData(FlitMode.LatencyOptimized256, MemoryMessage.RwD, 30)]
    [InlineData(FlitMode.LatencyOptimized256, MemoryMessage.Drs, 26)]
    public void Message_TakesItsShare(FlitMode mode, MemoryMessage message, int sixths) => FlitFormat.Of(mode).ShareOf(message).Should().Be(sixths);

    [Theory]
    [InlineData(FlitMode.Flit68, 68, 4)]
    [InlineData(FlitMode.Flit256, 256, 15)]
    [InlineData(FlitMode.LatencyOptimized256, 256, 15)]
    public void Flit_HasItsSlots(FlitMode mode, int bytes, int slots)
    {
        FlitFormat.Of(mode).Bytes.Should().Be(bytes);
        FlitFormat.Of(mode).Slots.Should().Be(slots);
    }

    /// <summary>A device that puts one header into each slot takes five for an answer with data.</summary>
    [Fact]
    public void HeadersThatAreNotPacked_TakeASlotEach() => FlitFormat.Of(FlitMode.Flit68).ShareOf(MemoryMessage.Drs, packsHeaders: false).Should().Be(30);
}
