using CxlSim.Core;
using CxlSim.Kernel;
using CxlSim.Machine;
using CxlSim.Platform;
using CxlSim.Views;

namespace CxlSim.Session;

/// <summary>The machine of a case, as what must hold of it is looked up: by the platform file, by registers, by what the kernel shows.</summary>
internal sealed class FuzzMachine(ScenarioCase scenario, MachineSession session)
{
    private const string Decoders = "HDM Decoder Capability";
    private Dictionary<string, IReadOnlyList<FuzzDecoder>?> _decoders = [];
    private Dictionary<string, IReadOnlyList<FuzzDecoder>?> _before = [];
    private Dictionary<string, IReadOnlyList<FuzzDecoder>?> _found = [];
    private LinuxKernel? _booted;

    public ScenarioCase Case => scenario;

    public PlatformDescription Platform => scenario.Platform;

    public MachineSession Session => session;

    public SimulatedMachine Machine => session.Machine;

    public LinuxKernel Kernel => session.Kernel;

    /// <summary>Partitions are an array since Linux 6.15, and what has no mode is answered otherwise (<c>drivers/cxl/core/hdm.c</c>).</summary>
    public bool HasPartitionArray => Platform.Kernel.Version >= new Version(6, 15);

    /// <summary>A locked region stays as it is since Linux 7.0 (<c>drivers/cxl/core/region.c</c>).</summary>
    public bool KeepsLocked(CxlRegion region) => Platform.Kernel.Version >= new Version(7, 0) && region.IsLocked;

    /// <summary>A decoder that a region of a locked window had stays committed, whoever has it next.</summary>
    public bool KeepsLocked(FuzzDecoder decoder) =>
        Platform.Kernel.Version >= new Version(7, 0) && Windows.Any(window => window.IsLocked && window.Range is { } range && range.Contains(new Hpa(decoder.Base)));

    /// <summary>Before, the kernel takes a locked decoder out as any other, and its registers go on.</summary>
    public bool TakesOut(FuzzDecoder decoder) => Platform.Kernel.Version < new Version(7, 0) && decoder.IsLocked;

    public IReadOnlyList<FuzzWay> Ways { get; } = FuzzWay.All(scenario.Platform);

    /// <summary>Names of all components on the ways to devices, each once.</summary>
    public IEnumerable<string> Units => Ways.SelectMany(way => way.Hops.Select(hop => hop.Unit).Append(way.Device.Id)).Distinct();

    public IEnumerable<CxlRegion> Regions => Kernel.Cxl.Bus.Devices.OfType<CxlRegion>();

    public IEnumerable<CxlRegion> CommittedRegions => Regions.Where(region => region.State == RegionState.Commit);

    public IEnumerable<CxlRootDecoder> Windows => Kernel.Cxl.Bus.Devices.OfType<CxlRootDecoder>();

    public IEnumerable<CxlEndpointDecoder> EndpointDecoders => Kernel.Cxl.Bus.Devices.OfType<CxlEndpointDecoder>();

    /// <summary>The description of a window that the kernel took; null where none begins there.</summary>
    public WindowDescription? DescriptionOf(CxlRootDecoder window) => Platform.Windows.FirstOrDefault(described => described.Range.Start == window.Range?.Start);

    /// <summary>The way to a member of a region; null for a device that has gone.</summary>
    public FuzzWay? WayOf(CxlMemdev memdev)
    {
        string? id = Machine.Devices.FirstOrDefault(device => device.Address is not null && device.Address == memdev.Pci?.Address)?.Id;
        return Ways.FirstOrDefault(way => way.Device.Id == id);
    }

    /// <summary>The decoders of a component, read from its registers since the last <see cref="Refresh"/>; null where it has none.</summary>
    public IReadOnlyList<FuzzDecoder>? DecodersOf(string unit)
    {
        if (!_decoders.TryGetValue(unit, out IReadOnlyList<FuzzDecoder>? known))
        {
            _decoders[unit] = known = Read(unit);
        }

        return known;
    }

    /// <summary>The decoders of a component as they were before the last <see cref="Refresh"/>; null where it had none.</summary>
    public IReadOnlyList<FuzzDecoder>? DecodersBefore(string unit) => _before.GetValueOrDefault(unit);

    /// <summary>Something may have happened: registers are read anew.</summary>
    public void Refresh()
    {
        (_before, _decoders) = (_decoders, []);
        if (_booted != Kernel)
        {
            _booted = Kernel;
            _found = Units.ToDictionary(unit => unit, DecodersOf);
        }
    }

    /// <summary>
    /// Components in which a region that somebody has made got a decoder that is as the kernel found it: what is committed is neither reset with a region that
    /// never was nor programmed again, and what is locked never (fact: a decoder that is enabled is not committed again, a locked one not reset). A locked region
    /// leaves its decoders committed when it is deleted; the region that gets them next has what that one had.
    /// </summary>
    public IReadOnlySet<string> UnitsAsFound(CxlRegion region) => region.IsAuto ? new HashSet<string>()
        : region.Targets.OfType<CxlEndpointDecoder>().SelectMany(PortsOf)
            .Where(port => port.Port.Regions.FirstOrDefault(reference => reference.Region == region)?.Decoder.Id is { } number
                && (IsAsFound(port.Unit, number) || (IsAsBefore(port.Unit, number) && (KeepsLocked(region) || KeepsLocked(DecodersOf(port.Unit)![number]))))).Select(port => port.Unit).ToHashSet();

    /// <summary>Whether a decoder is committed as it was when the kernel came up.</summary>
    public bool IsAsFound(string unit, int number) => DecodersOf(unit)?[number] is { IsCommitted: true } decoder && _found.GetValueOrDefault(unit)?[number] == decoder;

    private bool IsAsBefore(string unit, int number) => DecodersOf(unit)?[number] is { IsCommitted: true } decoder && DecodersBefore(unit)?[number] == decoder;

    /// <summary>The ports of a member and the components that they are, from the device up; empty for one that has gone.</summary>
    public IEnumerable<(CxlPort Port, string Unit)> PortsOf(CxlEndpointDecoder member) =>
        WayOf(member.Memdev) is { } way ? member.Port.UpToRoot().Zip(way.Hops.Select(hop => hop.Unit).Append(way.Device.Id).Reverse()) : [];

    /// <summary>All committed decoders in one text: where it is the same, addresses lead to the same places.</summary>
    public string Committed() => string.Concat(Units.SelectMany(unit => (DecodersOf(unit) ?? []).Where(decoder => decoder.IsCommitted).Select(decoder => $"{unit} {decoder}\n")));

    private IReadOnlyList<FuzzDecoder>? Read(string unit)
    {
        RegisterBlock? block = Machine.RegisterUnits.FirstOrDefault(found => found.Name == unit)?.Blocks.FirstOrDefault(found => found.Name == Decoders);
        if (block is null)
        {
            return null;
        }

        int count = (int)(block.Space.Read(block.Offset, 4) & 0xf) switch { 0 => 1, <= 8 and var code => 2 * code, var code => 20 + (4 * (code - 9)) };
        return [.. Enumerable.Range(0, count).Select(number => Decoder(block, number))];
    }

    /// <summary>/proc/iomem, line by line: how deep, first and last address, name.</summary>
    public IEnumerable<(int Depth, ulong First, ulong Last, string Name)> Iomem()
    {
        foreach (string line in IomemView.Render(Kernel.Iomem).Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            string[] parts = line.Trim().Split(" : ", 2);
            string[] bounds = parts[0].Split('-');
            yield return ((line.Length - line.TrimStart().Length) / 2, Convert.ToUInt64(bounds[0], 16), Convert.ToUInt64(bounds[1], 16), parts[1]);
        }
    }

    /// <summary>An attribute as the kernel shows it; empty where it cannot be read.</summary>
    public string Show(string path) => ObjectPath.Find(Kernel.Sysfs, path) is { Attribute: { CanRead: true } attribute } node && attribute.Show(node.Owner) is { Error: Errno.Ok } value ? value.Text : string.Empty;

    private static FuzzDecoder Decoder(RegisterBlock block, int number)
    {
        int at = block.Offset + 0x10 + (0x20 * number);
        return new FuzzDecoder(number, block.Space.Read(at, 8) & ~0xfffffffUL, block.Space.Read(at + 8, 8) & ~0xfffffffUL, (uint)block.Space.Read(at + 0x10, 4), block.Space.Read(at + 0x14, 8));
    }
}
