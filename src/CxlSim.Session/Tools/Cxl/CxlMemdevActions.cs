using CxlSim.Core;
using CxlSim.Kernel;

namespace CxlSim.Session;

/// <summary>How the tool cxl gives a memory device to its driver, and takes it away (ndctl v81, cxl/memdev.c).</summary>
internal sealed class CxlMemdevActions(ToolSysfs sysfs)
{
    public Errno Enable(CxlMemdev memdev) => sysfs.Bind(memdev.Name, "cxl_mem", "cxl_mem");

    /// <summary>Committed decoders are in its way, but for force.</summary>
    public Errno Disable(CxlMemdev memdev, bool force)
    {
        string name = memdev.Name;
        if (!memdev.IsBound)
        {
            return Errno.Ok;
        }

        if (memdev.Endpoint is not { } endpoint)
        {
            return Errno.ENODEV;
        }

        if (endpoint.CommitEnd >= 0)
        {
            const string reason = "is part of an active region";
            if (!force)
            {
                return sysfs.Refuse(RefusalRules.ToolMemdevActive, Errno.EBUSY, name, reason, "give force, or destroy its regions first");
            }

            sysfs.Say($"{name} {reason}");
            sysfs.Say($"Forcing {name} disable with an active region!");
        }

        return sysfs.Unbind(name);
    }
}
