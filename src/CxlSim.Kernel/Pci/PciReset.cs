using CxlSim.Core;
using CxlSim.Engine;
using CxlSim.Spec.Cxl;
using CxlSim.Spec.Pci;

namespace CxlSim.Kernel;

/// <summary>How a function can be reset, and its reset (<c>drivers/pci/pci.c</c>: pci_init_reset_methods, pci_reset_function).</summary>
/// <remarks>Of the kernel's methods no function here offers device_specific, acpi, af_flr and pm.</remarks>
internal sealed class PciReset(KernelCore core, PciDevice device)
{
    private const string FunctionLevel = "flr";
    private const string SecondaryBus = "bus";
    private const string CxlBus = "cxl_bus";

    private static readonly string[] Offered = [FunctionLevel, SecondaryBus, CxlBus];
    private static readonly string[] NeverOffered = ["device_specific", "acpi", "af_flr", "pm"];

    /// <summary>How long the bit stays set; how long what lies below is left alone afterwards (PCI Express Base 6.0 6.6.1); likewise of one function (6.6.2).</summary>
    private static readonly SimDuration BusResetTime = SimDuration.Milliseconds(2);
    private static readonly SimDuration SettleTime = SimDuration.Milliseconds(100);

    /// <summary>The methods that the function offers, in the order in which they are tried.</summary>
    /// <param name="isAlone">Whether no other function is known on its bus.</param>
    public IReadOnlyList<string> Methods(bool isAlone) => [.. Offered.Where(method => Probe(method, isAlone) == Errno.Ok)];

    /// <summary>What the attribute <c>reset_method</c> takes: nothing for none, <c>default</c>, or names in the order in which they are to be tried.</summary>
    public Errno SetMethods(string value)
    {
        string text = value.TrimEnd('\n');
        if (text.Length == 0)
        {
            device.ResetMethods = [];
            core.Log.Warning(device, "All device reset methods disabled by user");
            return Errno.Ok;
        }

        if (text == "default")
        {
            device.ResetMethods = Methods(IsAlone);
            return Errno.Ok;
        }

        List<string> methods = [];
        foreach (string name in text.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (Probe(name, IsAlone) != Errno.Ok)
            {
                bool isKnown = Offered.Contains(name) || NeverOffered.Contains(name);
                core.Log.Error(device, isKnown ? $"Unsupported reset method '{name}'" : $"Invalid reset method '{name}'");
                string all = string.Join(' ', Methods(IsAlone));
                return core.Refusals.Report(
                    RefusalRules.ResetMethod, Errno.EINVAL, device.Name, $"'{name}' is not among its methods", new NearestChange($"write '{all}', some of it, or nothing"), ("methods", all));
            }

            methods.Add(name);
        }

        device.ResetMethods = methods;
        return Errno.Ok;
    }

    /// <summary>The methods one by one until one does not answer ENOTTY; what Linux has set in configuration space stands there again afterwards.</summary>
    public async SimTask<Errno> ResetAsync()
    {
        using FrameScope frame = core.Simulation.Enter("pci_reset_function", device.Name);
        PciSavedState saved = PciSavedState.Of(device);
        Errno error = Errno.ENOTTY;
        foreach (string method in device.ResetMethods)
        {
            error = await ResetByAsync(method);
            if (error != Errno.ENOTTY)
            {
                break;
            }
        }

        saved.Restore(device);
        (device.Driver as IPciErrorAware)?.ErrorHandlers.ResetDone(device);
        return error == Errno.Ok ? error : core.Refusals.Report(
            RefusalRules.ResetNone, error, device.Name, "none of its methods resets it now", new NearestChange("write default to reset_method"), ("methods", string.Join(' ', device.ResetMethods)));
    }

    private bool IsAlone => device.Upstream is not { } bridge || bridge.Functions.TrueForAll(other => other == device);

    /// <summary>A port of CXL lets no reset through that was not made for CXL (CXL r3.1 8.1.5.2).</summary>
    private bool IsMasked => device.Upstream is { } bridge && bridge.FindCxlDvsec(Dvsec.PortExtensionsId) is not 0 and var dvsec
        && (bridge.ReadConfig(dvsec + Dvsec.PortControl, 2) & Dvsec.PortControlUnmaskBusReset) == 0;

    private Errno Probe(string method, bool isAlone) => method switch
    {
        FunctionLevel => (device.ReadExpress(PciCapability.ExpressDeviceCapabilities, 4) & PciCapability.DeviceCapabilityFunctionReset) != 0 ? Errno.Ok : Errno.ENOTTY,
        SecondaryBus => IsMasked && !core.Config.Has(KernelChange.MaskedBusResetHidden) ? Errno.Ok : IsMasked ? Errno.ENOTTY : ParentBus(isAlone),
        CxlBus => device.Upstream is { } bridge && bridge.FindCxlDvsec(Dvsec.PortExtensionsId) != 0 ? Errno.Ok : Errno.ENOTTY,
        _ => Errno.ENOTTY,
    };

    /// <summary>Only a function that has its bus to itself (<c>pci_parent_bus_reset</c>).</summary>
    private Errno ParentBus(bool isAlone) => device.Upstream is not null && !device.IsBridge && isAlone ? Errno.Ok : Errno.ENOTTY;

    private SimTask<Errno> ResetByAsync(string method) => method switch
    {
        FunctionLevel => ResetFunctionAsync(),
        SecondaryBus => ResetBusAsync(),
        _ => ResetCxlBusAsync(),
    };

    private async SimTask<Errno> ResetFunctionAsync()
    {
        device.WriteExpress(PciCapability.ExpressDeviceControl, 2, device.ReadExpress(PciCapability.ExpressDeviceControl) | PciCapability.DeviceControlFunctionReset);
        await core.Simulation.Delay(SettleTime);
        return Errno.Ok;
    }

    /// <summary>The bit in the bridge above (<c>pci_reset_bus_function</c>).</summary>
    private async SimTask<Errno> ResetBusAsync()
    {
        if (IsMasked || ParentBus(IsAlone) != Errno.Ok)
        {
            return Errno.ENOTTY;
        }

        await ResetBelowAsync(core, device.Upstream!);
        return Errno.Ok;
    }

    /// <summary>Resets all that lies below a bridge (<c>pci_bridge_secondary_bus_reset</c>).</summary>
    public static async SimTask ResetBelowAsync(KernelCore core, PciDevice bridge)
    {
        uint control = bridge.ReadConfig(PciConfig.BridgeControl, 2);
        bridge.WriteConfig(PciConfig.BridgeControl, 2, control | PciConfig.BridgeControlBusReset);
        await core.Simulation.Delay(BusResetTime);
        bridge.WriteConfig(PciConfig.BridgeControl, 2, control);
        await core.Simulation.Delay(SettleTime);
    }

    /// <summary>The same with the port's mask taken away for it (<c>cxl_reset_bus_function</c>).</summary>
    private async SimTask<Errno> ResetCxlBusAsync()
    {
        if (Probe(CxlBus, IsAlone) != Errno.Ok)
        {
            return Errno.ENOTTY;
        }

        PciDevice bridge = device.Upstream!;
        int offset = bridge.FindCxlDvsec(Dvsec.PortExtensionsId) + Dvsec.PortControl;
        uint control = bridge.ReadConfig(offset, 2);
        bridge.WriteConfig(offset, 2, control | Dvsec.PortControlUnmaskBusReset);
        Errno error = await ResetBusAsync();
        bridge.WriteConfig(offset, 2, control);
        return error;
    }
}
