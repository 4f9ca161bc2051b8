namespace CxlSim.Views;

/// <summary>One line of the summary: a device's capacity on its way to a zone. Fields are empty where the way ended before.</summary>
/// <param name="Device">The device's name in the platform file.</param>
/// <param name="Memdev">memN and its PCI function.</param>
/// <param name="Capacity">What the decoder maps, or the device has.</param>
/// <param name="Decoder">Endpoint decoder.</param>
/// <param name="Region">Region and its addresses.</param>
/// <param name="Dax">Dax device and its driver.</param>
/// <param name="Blocks">Memory blocks, counted and numbered.</param>
/// <param name="Node">NUMA node.</param>
/// <param name="Zone">Zones of the blocks.</param>
/// <param name="State">What became of the capacity.</param>
public sealed record DeviceRow(
    string Device, string Memdev, string Capacity, string Decoder, string Region, string Dax, string Blocks, string Node, string Zone, string State);
