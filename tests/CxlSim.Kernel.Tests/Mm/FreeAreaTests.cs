namespace CxlSim.Kernel.Tests;

/// <summary>Free pages by order.</summary>
public sealed class FreeAreaTests
{
    private const ulong Pfn = 0x490000; // the recorded window
    private const ulong Block = 32768; // 128 MiB

    [Fact]
    public void RangesThatTouch_AreOne() =>
        Blocks((Pfn + 512, 512), (Pfn, 512)).Should().Be("0 0 0 0 0 0 0 0 0 0 1");

    [Fact]
    public void RangesApart_StayApart() =>
        Blocks((Pfn, 512), (Pfn + 1024, 512)).Should().Be("0 0 0 0 0 0 0 0 0 2 0");

    [Fact]
    public void BlocksAreAligned_AndNotLargerThan4MiB() =>
        Blocks((1, 4095)).Should().Be("1 1 1 1 1 1 1 1 1 1 3", "1, 2, 4, ... pages up to pfn 1024, then three times 1024");

    [Fact]
    public void EndThatIsNotAligned_GoesDownInOrders() =>
        Blocks((4096, 1024 + 256 + 2 + 1)).Should().Be("1 1 0 0 0 0 0 0 1 0 1");

    /// <summary>As recorded with memmap_on_memory: 512 pages of each block are its own struct pages.</summary>
    [Fact]
    public void BlocksThatHoldTheirMemmap_BeginWithAHalf() =>
        Blocks([.. Enumerable.Range(0, 8).Select(i => (Pfn + ((ulong)i * Block) + 512, Block - 512))]).Should().Be("0 0 0 0 0 0 0 0 0 8 248");

    [Fact]
    public void NothingFree_IsNoBlock() => Blocks().Should().Be("0 0 0 0 0 0 0 0 0 0 0");

    private static string Blocks(params (ulong StartPfn, ulong Pages)[] free) =>
        string.Join(' ', FreeArea.Count(free.Select(range => new PageRange(range.StartPfn, range.Pages))));
}
