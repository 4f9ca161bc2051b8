using System.Globalization;
using CxlSim.Core;
using CxlSim.Kernel;

namespace CxlSim.Session;

/// <summary>What the tool cxl does to a region that is there (ndctl v81, cxl/region.c).</summary>
/// <param name="sysfs">Its reads and writes.</param>
/// <param name="force">What is in use is taken all the same.</param>
internal sealed class CxlRegionActions(ToolSysfs sysfs, bool force)
{
    public Errno Enable(string region) => sysfs.Bind(region, "cxl_region", module: null);

    /// <summary>Memory of dax devices goes offline first; what does not go stops it, but for force.</summary>
    public Errno Disable(string region)
    {
        bool isLeaked = false;
        foreach (DevDax dax in sysfs.Session.Kernel.Dax.Bus.Devices.OfType<DevDax>().Where(dax => IsOf(dax, region)).ToArray())
        {
            if (new DaxctlDevice(sysfs, dax.Name).Memory is { OnlineCount: > 0 } memory && memory.Offline() is var error and not Errno.Ok)
            {
                sysfs.Say($"{region}: unable to offline {dax.Name}: {ToolErrors.Text(error)}");
                isLeaked = true;
                if (!force)
                {
                    return error;
                }
            }
        }

        if (isLeaked)
        {
            sysfs.Say($"{region}: Forcing region disable without successful offline.");
        }

        return sysfs.Unbind(region);
    }

    /// <summary>Decoders are reset, each target is cleared and its capacity freed, and then the region is deleted; the first refusal ends it in the middle.</summary>
    public Errno Destroy(string region)
    {
        string directory = ToolSysfs.CxlDevices + region;
        if (sysfs.Exists(directory + "/driver"))
        {
            Errno disabled = force ? Disable(region) : sysfs.Refuse(RefusalRules.ToolRegionActive, Errno.EBUSY, region, "active. Disable it or use --force", "give force, or disable the region first");
            if (disabled != Errno.Ok)
            {
                if (force)
                {
                    sysfs.Say($"{region}: error disabling region: {ToolErrors.Text(disabled)}");
                }

                return disabled;
            }
        }

        Errno error = sysfs.Write(directory + "/commit", "0");
        if (error != Errno.Ok)
        {
            sysfs.Say($"{region}: failed to reset decode: {ToolErrors.Text(error)}");
            return error;
        }

        if (!int.TryParse(sysfs.Read(directory + "/interleave_ways"), CultureInfo.InvariantCulture, out int ways) || ways == 0)
        {
            sysfs.Say($"{region}: error getting interleave ways");
            return Errno.ENXIO;
        }

        for (int target = 0; target < ways && error == Errno.Ok; target++)
        {
            error = Clear(region, target);
        }

        string window = ((CxlRegion)sysfs.Session.Kernel.Cxl.Bus.Find(region)!).Root.Name;
        return error != Errno.Ok ? error : sysfs.Write($"{ToolSysfs.CxlDevices}{window}/delete_region", region);
    }

    private Errno Clear(string region, int target)
    {
        string file = string.Create(CultureInfo.InvariantCulture, $"target{target}");
        string path = $"{ToolSysfs.CxlDevices}{region}/{file}";
        if (sysfs.Read(path) is not { Length: > 0 } decoder)
        {
            return Errno.ENXIO;
        }

        Errno error = sysfs.Write(path, string.Empty);
        if (error != Errno.Ok)
        {
            sysfs.Say($"{region}: clearing {file} failed: {ToolErrors.Text(error)}");
            return error;
        }

        error = sysfs.Write($"{ToolSysfs.CxlDevices}{decoder}/dpa_size", "0x0");
        if (error != Errno.Ok)
        {
            sysfs.Say($"{decoder}: set_dpa_size failed: {ToolErrors.Text(error)}");
        }

        return error;
    }

    /// <summary>Whether a dax device hangs below the region.</summary>
    private static bool IsOf(DevDax dax, string region) => dax.Path.Split('/').Contains(region);
}
