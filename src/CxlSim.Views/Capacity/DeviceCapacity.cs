using CxlSim.Core;

namespace CxlSim.Views;

/// <summary>A memory device's capacity, piece by piece.</summary>
/// <param name="Device">The device's name in the platform file.</param>
/// <param name="Memdev">memN and its PCI function; empty where Linux has no memdev of it.</param>
/// <param name="Capacity">All that it has.</param>
/// <param name="Parts">What became of it; together as much as the capacity.</param>
public sealed record DeviceCapacity(string Device, string Memdev, ByteSize Capacity, IReadOnlyList<CapacityPart> Parts)
{
    public ByteSize Total(CapacityUse use) => Parts.Where(part => part.Use == use).Aggregate(ByteSize.Zero, (sum, part) => sum + part.Size);

    /// <summary>In one line, with a reason for each piece that is of no use.</summary>
    public string Summary()
    {
        IEnumerable<string> stranded = Parts.Where(part => part.Use == CapacityUse.Stranded).Select(part => $"{part.Size}: {part.Why}{(part.Rule.Length == 0 ? "" : $" ({part.Rule})")}");
        string sum = $"{Total(CapacityUse.InUse)} of {Capacity} of {Device} in use, {Total(CapacityUse.Free)} free, {Total(CapacityUse.Stranded)} stranded";
        return Parts.Any(part => part.Use == CapacityUse.Stranded) ? $"{sum}: {string.Join("; ", stranded)}" : sum;
    }
}
