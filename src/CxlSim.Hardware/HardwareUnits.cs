using System.Globalization;
using CxlSim.Spec.Pci;

namespace CxlSim.Hardware;

/// <summary>Finds all components with registers, from the host bridges down.</summary>
internal static class HardwareUnits
{
    public static IReadOnlyList<HardwareUnit> Of(IEnumerable<RootBridge> bridges, MockPlatform? mocks) => [.. bridges.SelectMany(Of), .. mocks?.Units ?? []];

    private static IEnumerable<HardwareUnit> Of(RootBridge bridge)
    {
        HardwareRegisters[] blocks =
        [
            .. bridge.Components is { } components ? [HardwareRegisters.Of(components)] : Array.Empty<HardwareRegisters>(),
            .. bridge.Rcrb is { } rcrb ? [HardwareRegisters.Of(rcrb), HardwareRegisters.Of(rcrb.Downstream)] : Array.Empty<HardwareRegisters>(),
        ];
        IEnumerable<HardwareUnit> below = bridge.Functions.SelectMany(function => Of(function, bridge.Name));
        return blocks.Length == 0 ? below : below.Prepend(new HardwareUnit(bridge.Name, null, blocks));
    }

    private static IEnumerable<HardwareUnit> Of(PciFunction function, string above)
    {
        HardwareUnit unit = function switch
        {
            Type3Device device => new HardwareUnit(device.Description.Id, device, [HardwareRegisters.Of(device.Components), HardwareRegisters.Of(device.Registers)]),
            CxlPort port => new HardwareUnit(NameOf(port, above), port, [HardwareRegisters.Of(port.Components)]),
            _ => new HardwareUnit(string.Create(CultureInfo.InvariantCulture, $"{above} function {function.Device:x2}.{function.Function}"), function, []),
        };
        IEnumerable<PciFunction> below = function is PciBridge bridge ? bridge.Children : [];
        return below.SelectMany(child => Of(child, unit.Name)).Prepend(unit);
    }

    private static string NameOf(CxlPort port, string above) => port.ExpressType switch
    {
        PciCapability.ExpressTypeRootPort => string.Create(CultureInfo.InvariantCulture, $"{above} root port {port.PortNumber}"),
        PciCapability.ExpressTypeUpstreamPort => port.Components.Hdm!.Unit,
        _ => string.Create(CultureInfo.InvariantCulture, $"{above} port {port.PortNumber}"),
    };
}
