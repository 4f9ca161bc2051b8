using CxlSim.Core;
using CxlSim.Engine;

namespace CxlSim.Kernel;

/// <summary>What a host bridge or switch gets once it has a driver: downstream ports and decoders. All at once, or from 6.18 on each dport with the first memdev below it, and the decoders
/// with the first dport (<c>devm_cxl_port_enumerate_dports</c>; <c>cxl_port_add_dport</c> in <c>drivers/cxl/core/port.c</c>).</summary>
internal static class SwitchPortSetup
{
    /// <summary>All dports, and the decoders.</summary>
    public static async SimTask<Errno> AddAllAsync(CxlCore cxl, CxlPort port)
    {
        foreach (Device device in CxlWay.DownstreamPorts(port.Uport))
        {
            Add(cxl, port, device);
        }

        if (port.Dports.Count == 0)
        {
            return Errno.ENODEV;
        }

        CdatPerformance.ReadSwitch(cxl.Core.Log, port);
        return await AddDecodersAsync(cxl, port);
    }

    /// <summary>The dport that a memdev was found below; null where the port has no driver, or no decoders to be had.</summary>
    public static async SimTask<CxlDport?> AddOneAsync(CxlCore cxl, CxlPort port, Device device)
    {
        if (!port.IsBound)
        {
            return null;
        }

        if (port.Decoders.Count == 0 && await AddDecodersAsync(cxl, port) != Errno.Ok)
        {
            return null;
        }

        CxlDport dport = Add(cxl, port, device);
        CdatPerformance.ReadSwitch(cxl.Core.Log, port);
        foreach (CxlSwitchDecoder decoder in port.Decoders.OfType<CxlSwitchDecoder>())
        {
            int known = decoder.Targets.Count;
            decoder.FillTargets();
            for (int index = known; index < decoder.Targets.Count; index++)
            {
                cxl.Core.Log.Debug(decoder, $"dport{decoder.Targets[index].PortId} found in target list, index {index}");
            }
        }

        cxl.Core.Log.Debug(port, $"dport{dport.PortId}:{device.Name} added");
        return dport;
    }

    private static CxlDport Add(CxlCore cxl, CxlPort port, Device device)
    {
        ComponentRegisterMap? components = CxlWay.Components(cxl.Core, device) is { } block ? RegisterMap.SetUpComponents(cxl.Core, device, block) : null;
        if (components is null && device is PciDevice)
        {
            cxl.Core.Log.Debug(port, "failed to find component registers");
        }

        CxlDport dport = port.AddDport(device, CxlWay.PortNumber(device), components);
        if (components is not null)
        {
            cxl.Core.Log.Debug(device, $"Component Registers found for dport: 0x{components.Start.Value:x16}");
        }

        cxl.Core.Log.Debug(device, $"dport added to {port.Name}");
        return dport;
    }

    private static async SimTask<Errno> AddDecodersAsync(CxlCore cxl, CxlPort port)
    {
        Hpa? hdm = port.Components?.Hdm;
        if (hdm is null && CxlWay.DownstreamPorts(port.Uport).Count() == 1)
        {
            cxl.Core.Log.Debug(port, "HDM decoder registers not implemented");
            cxl.Core.Log.Debug(port, "Fallback to passthrough decoder");
            return await AddPassthroughAsync(cxl, port);
        }

        if (hdm is null || !port.TryMapDecoders(cxl.Core, hdm.Value))
        {
            cxl.Core.Log.Error(port, "HDM decoder capability not found");
            cxl.Core.Findings.Report(KernelRules.PortWithoutDecoders, port.Place, $"no HDM decoders that can be mapped at {port.Name}");
            return Errno.ENXIO;
        }

        return await new DecoderEnumerator(cxl, port).RunAsync();
    }

    /// <summary>A bridge with a single root port needs no decoder: one object stands for it (<c>devm_cxl_add_passthrough_decoder</c>).</summary>
    private static async SimTask<Errno> AddPassthroughAsync(CxlCore cxl, CxlPort port)
    {
        // Newer kernels look for its target like for any other's, and no register names one: root port 0 is found, another is not before a region has it.
        int target = cxl.Core.Config.Has(KernelChange.DportsWithMemdevs) ? 0 : port.Dports[0].PortId;
        CxlSwitchDecoder decoder = new(port, 0, maxTargets: 1, isPassthrough: true) { TargetMap = [target] };
        decoder.FillTargets();
        port.Decoders.Add(decoder);
        await cxl.Bus.AddAsync(decoder, port);
        decoder.SayAdded(cxl.Core);
        return Errno.Ok;
    }
}
