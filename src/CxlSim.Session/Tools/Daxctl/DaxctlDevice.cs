using CxlSim.Core;
using CxlSim.Kernel;

namespace CxlSim.Session;

/// <summary>One dax device in the hands of daxctl (ndctl v81, daxctl/lib/libdaxctl.c).</summary>
/// <param name="sysfs">Its reads and writes.</param>
/// <param name="name"><c>dax0.0</c>.</param>
internal sealed class DaxctlDevice(ToolSysfs sysfs, string name)
{
    public const string DevdaxModule = "device_dax";
    public const string SystemRamModule = "kmem";

    private const string Drivers = "/sys/bus/dax/drivers/";

    public string Name => name;

    public string Path => ToolSysfs.DaxDevices + name;

    public bool IsEnabled => sysfs.Exists(Path + "/driver");

    public bool IsSystemRam => sysfs.Session.Kernel.Dax.Bus.Find(name)?.Driver is KmemDriver;

    /// <summary>Its memory; null where it is not for kmem.</summary>
    public DaxctlMemory? Memory => IsSystemRam ? new DaxctlMemory(sysfs, name) : null;

    /// <summary>Without a driver there is nothing to do. The driver forgets the name first.</summary>
    public Errno Disable()
    {
        if (!IsEnabled)
        {
            return Errno.Ok;
        }

        if (sysfs.Write(Path + "/driver/remove_id", name) == Errno.Ok)
        {
            sysfs.Write(Path + "/driver/unbind", name);
        }

        return IsEnabled ? Errno.EBUSY : Errno.Ok;
    }

    /// <summary>Loads the module, tells it the name, and binds; what has a driver keeps it. The second of the writes finds done what the first did.</summary>
    public Errno Enable(string module)
    {
        if (IsEnabled)
        {
            return Errno.Ok;
        }

        Errno error = sysfs.Session.Do($"modprobe {module}", () => sysfs.Session.Kernel.Modules.LoadAsync(module, string.Empty));
        if (error != Errno.Ok)
        {
            sysfs.Say($"{name}: insert failure: -{(int)error}");
            return error;
        }

        string bind = $"{Drivers}{module}/bind";
        if (sysfs.Exists(bind))
        {
            sysfs.WriteQuietly($"{Drivers}{module}/new_id", name);
            error = sysfs.WriteQuietly(bind, name);
        }

        if (IsEnabled)
        {
            return Errno.Ok;
        }

        sysfs.Blame(bind);
        sysfs.Say($"{name}: failed to enable");
        return error != Errno.Ok ? error : Errno.ENXIO;
    }

    public Errno SetSize(ByteSize size) => Set("size", $"0x{size.Bytes:x}");

    public Errno SetAlign(ByteSize alignment) => Set("align", $"0x{alignment.Bytes:x}");

    public Errno SetMapping(AddressRange range) => Set("mapping", $"{range.Start}-{range.Last}");

    /// <summary>Whatever the kernel answers, the tool has one error for it.</summary>
    private Errno Set(string attribute, string value)
    {
        if (sysfs.Write($"{Path}/{attribute}", value) == Errno.Ok)
        {
            return Errno.Ok;
        }

        sysfs.Say($"{name}: failed to set {attribute}");
        return Errno.ENXIO;
    }
}
