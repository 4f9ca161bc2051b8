using System.Globalization;
using CxlSim.Core;
using CxlSim.Kernel;

namespace CxlSim.Session;

/// <summary>How the tool cxl gives a port to its driver, and takes it away (ndctl v81, cxl/port.c).</summary>
internal sealed class CxlPortActions(ToolSysfs sysfs)
{
    /// <summary>With the memory devices below it, whatever becomes of them.</summary>
    public Errno Enable(CxlPort port, bool withMemdevs)
    {
        Errno error = sysfs.Bind(port.Name, "cxl_port", "cxl_port");
        if (error != Errno.Ok || !withMemdevs)
        {
            return error;
        }

        Device[] ports = [.. port.Dports.Select(dport => dport.Device)];
        foreach (CxlMemdev memdev in sysfs.Session.Kernel.Cxl.Bus.Devices.OfType<CxlMemdev>().Where(memdev => IsBelow(memdev, ports)).ToArray())
        {
            new CxlMemdevActions(sysfs).Enable(memdev);
        }

        return Errno.Ok;
    }

    /// <summary>Enabled devices below it are in its way, but for force.</summary>
    public Errno Disable(CxlPort port, bool force)
    {
        if (!port.IsBound)
        {
            return Errno.Ok;
        }

        Device[] ports = [.. port.Dports.Select(dport => dport.Device)];
        int active = port.IsEndpoint ? 1 : sysfs.Session.Kernel.Cxl.Bus.Devices.OfType<CxlMemdev>().Count(memdev => memdev.IsBound && IsBelow(memdev, ports));
        if (active > 0 && !force)
        {
            string reason = string.Create(CultureInfo.InvariantCulture, $"hosts {active} memdev{(active > 1 ? "s" : "")} which {(active > 1 ? "are" : "is")} part of an active region");
            return sysfs.Refuse(RefusalRules.ToolPortActive, Errno.EBUSY, port.Name, reason, "give force, or disable the devices below it first");
        }

        return sysfs.Unbind(port.Name);
    }

    /// <summary>By the way of its host up the tree of devices: a memory device without driver has no endpoint.</summary>
    private static bool IsBelow(CxlMemdev memdev, Device[] ports)
    {
        for (KObject? above = memdev.Host; above is not null; above = above.Parent)
        {
            if (ports.Contains(above))
            {
                return true;
            }
        }

        return false;
    }
}
