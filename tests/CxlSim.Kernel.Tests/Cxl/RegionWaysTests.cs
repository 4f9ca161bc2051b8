using CxlSim.Core;
using CxlSim.Session;

namespace CxlSim.Kernel.Tests.Cxl;

/// <summary>Ways that a region may have below a window that has spread already (group E of the sheet on address translation).</summary>
public class RegionWaysTests
{
    [Theory]
    [InlineData("modulo", 2, 3, Errno.EINVAL)]
    [InlineData("modulo", 2, 6, Errno.EINVAL)]
    [InlineData("modulo", 2, 4, Errno.Ok)]
    [InlineData("modulo", 3, 12, Errno.Ok)]
    [InlineData("modulo", 3, 9, Errno.EINVAL)]
    [InlineData("xor, xor_maps: [0x404100]", 2, 3, Errno.EINVAL)]
    [InlineData("xor, xor_maps: [0x404100]", 2, 4, Errno.Ok)]
    [InlineData("xor", 3, 12, Errno.Ok)]
    public void Ways_AreThoseOfTheWindowTimesAPowerOfTwo(string arithmetic, int windowWays, int ways, Errno expected)
    {
        string bridges = string.Join(", ", Enumerable.Range(0, windowWays).Select(uid => $"{{uid: {uid}, bus: {uid * 16}}}"));
        MachineSession session = Given.Booted(
            $"host_bridges: [{bridges}]\nwindows: [{{targets: [{string.Join(", ", Enumerable.Range(0, windowWays))}], arithmetic: {arithmetic}}}]");
        session.Write(Given.Devices + "decoder0.0/create_ram_region", "region0").Should().Be(Errno.Ok);

        session.Write(Given.Devices + "region0/interleave_ways", $"{ways}").Should().Be(expected);
    }
}
