using CxlSim.Core;

namespace CxlSim.Hdm.Tests;

/// <summary>No two addresses share a byte of a device, and none is lost, whatever the legal geometry.</summary>
public class BijectionTests
{
    private static readonly int[] LegalWays = [1, 2, 4, 8, 16, 3, 6, 12];

    /// <summary>Every way to spread one window over up to 16 devices in up to three levels, with the granularity that each level then has.</summary>
    private static readonly Geometry[] Legal =
    [
        .. from root in new[] { 1, 2, 4, 8, 16, 3, 6, 12 }
           from bridge in new[] { 1, 2, 4, 8 }
           from fabric in new[] { 1, 2, 4, 8 }
           from granularity in new[] { 256, 512, 1024, 2048, 4096, 8192, 16384 }
           let bridgeGranularity = granularity * (root % 3 == 0 ? root / 3 : root)
           let fabricGranularity = bridgeGranularity * bridge
           where LegalWays.Contains(root * bridge * fabric) && bridgeGranularity <= 16384 && fabricGranularity <= 16384
           select new Geometry(
               new Hpa(0x30_0000_0000), ByteSize.MiB(256), (root, granularity), [(bridge, bridgeGranularity), (fabric, fabricGranularity)], 0x1000_0000),
    ];

    [Fact]
    public void AllWays_AreAmongTheGeometries() => Legal.Select(geometry => geometry.Ways).Distinct().Should().BeEquivalentTo(LegalWays);

    [Fact]
    public void Stripes_CoverEveryDeviceWithoutGapOrOverlap()
    {
        const int stripes = 5;
        foreach (Geometry geometry in Legal)
        {
            EveryTranslator translator = geometry.Translator;
            HashSet<(int, ulong)> seen = [];
            for (int chunk = 0; chunk < stripes * geometry.Ways; chunk++)
            {
                Translation found = translator.Translate(geometry.Start + (new ByteSize((ulong)geometry.Root.Granularity) * (ulong)chunk));
                found.Outcome.Should().Be(DecodeOutcome.Hit);
                seen.Add((found.Device, found.Address.Value)).Should().BeTrue("of {0}", geometry);
            }

            // As many places as chunks, all within the first stripes of every device: so each is taken exactly once.
            seen.Should().OnlyContain(place => place.Item2 - 0x1000_0000 < (ulong)(stripes * geometry.Root.Granularity));
        }
    }
}
