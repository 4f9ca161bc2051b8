using CxlSim.Core;
using CxlSim.Hdm;
using CxlSim.Kernel;
using CxlSim.Platform;

namespace CxlSim.Machine;

/// <summary>Where committed decoders send addresses, and the way back, under the names of the kernel and of the platform file. A snapshot of one moment.</summary>
public sealed class AddressRoutes
{
    private readonly RouteTable _table;
    private readonly RouteStoryTeller _stories;

    internal AddressRoutes(PlatformDescription platform, LinuxKernel? kernel, IReadOnlyList<RouteDevice> devices, RouteTable table)
    {
        _table = table;
        Devices = devices;
        _stories = new RouteStoryTeller(platform, kernel, table, devices);
    }

    /// <summary>All devices; a batch's target is an index of it.</summary>
    public IReadOnlyList<RouteDevice> Devices { get; }

    /// <summary>What makes some addresses miss: the unit, and what is wrong with it.</summary>
    public IReadOnlyList<string> Faults => [.. _table.Faults.Select(fault => fault.ToString())];

    /// <summary>A device by the kernel's name or, where no memdev has it, by the platform file's; null for neither.</summary>
    public RouteDevice? Find(string name) =>
        Devices.FirstOrDefault(device => device.Memdev?.Name == name) ?? Devices.FirstOrDefault(device => device.Device.Id == name);

    /// <summary>Where many addresses go. The three spans are of one length.</summary>
    /// <param name="addresses">What a CPU issues.</param>
    /// <param name="dpas">Takes the bytes of the devices, 0 for a miss.</param>
    /// <param name="targets">Takes what <see cref="OutcomeOf"/> understands; of a hit, the index of the device.</param>
    public void Translate(ReadOnlySpan<Hpa> addresses, Span<Dpa> dpas, Span<ushort> targets) => _table.Translate(addresses, dpas, targets);

    /// <summary>The outcome of a batch's target.</summary>
    public static RouteOutcome OutcomeOf(ushort target) => (RouteOutcome)RouteTable.OutcomeOf(target);

    /// <summary>The way of one address.</summary>
    public RouteStory Explain(Hpa address) => _stories.Tell(address);

    /// <summary>Which address leads to a byte, and which one the driver reports for it.</summary>
    public ReverseTranslation Reverse(RouteDevice device, Dpa address)
    {
        CxlEndpointDecoder? decoder = device.Memdev?.DecoderOf(address);
        return new ReverseTranslation(device, address, _table.Reverse(device.Device.Number, address), decoder?.Region?.ToHpa(device.Memdev!, address), decoder);
    }
}
