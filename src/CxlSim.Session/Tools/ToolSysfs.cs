using CxlSim.Core;
using CxlSim.Kernel;

namespace CxlSim.Session;

/// <summary>A tool's reads and writes of sysfs: what it says of them, and why the first was refused.</summary>
internal sealed class ToolSysfs(MachineSession session)
{
    public const string CxlDevices = "/sys/bus/cxl/devices/";
    public const string DaxDevices = "/sys/bus/dax/devices/";

    private readonly List<string> _messages = [];

    public MachineSession Session => session;

    /// <summary>What the tool has said, line by line.</summary>
    public IReadOnlyList<string> Messages => _messages;

    /// <summary>Why the first write that counted was refused, or why the tool would not even try; null while nothing was.</summary>
    public Refusal? Refusal { get; private set; }

    public void Say(string message) => _messages.Add(message);

    public string Read(string path) => session.Read(path).Text;

    public bool Exists(string path) => session.Kernel.Sysfs.Find(path) is not null;

    public Errno Write(string path, string value)
    {
        long mark = session.Kernel.Refusals.Count;
        Errno error = WriteQuietly(path, value);
        if (error != Errno.Ok)
        {
            Refusal ??= session.Kernel.Refusals.Since(mark).LastOrDefault(refusal => refusal.Write?.Path == path);
        }

        return error;
    }

    /// <summary>A write that may fail.</summary>
    public Errno WriteQuietly(string path, string value) => session.Write(path, value);

    /// <summary>The write that may fail was what counted.</summary>
    public void Blame(string path) => Refusal ??= session.Kernel.Refusals.All.LastOrDefault(refusal => refusal.Write?.Path == path);

    /// <summary>Gives a CXL device to its driver, whose module is loaded first; ENXIO where it does not take it. What has a driver keeps it.</summary>
    public Errno Bind(string device, string driver, string? module)
    {
        string bound = $"{CxlDevices}{device}/driver";
        if (Exists(bound))
        {
            return Errno.Ok;
        }

        string bind = $"/sys/bus/cxl/drivers/{driver}/bind";
        Errno error = module is null ? Errno.Ok : session.Do($"modprobe {module}", () => session.Kernel.Modules.LoadAsync(module, string.Empty));
        if (error == Errno.Ok)
        {
            WriteQuietly(bind, device);
        }

        if (Exists(bound))
        {
            return Errno.Ok;
        }

        Blame(bind);
        Say($"{device}: failed to enable");
        return Errno.ENXIO;
    }

    /// <summary>Takes a CXL device from its driver; EBUSY where it stays.</summary>
    public Errno Unbind(string device)
    {
        string bound = $"{CxlDevices}{device}/driver";
        if (Exists(bound))
        {
            Write(bound + "/unbind", device);
        }

        if (!Exists(bound))
        {
            return Errno.Ok;
        }

        Say($"{device}: failed to disable");
        return Errno.EBUSY;
    }

    /// <summary>The tool refuses by itself.</summary>
    public Errno Refuse(KernelRule rule, Errno error, string subject, string reason, string nearest)
    {
        Say($"{subject}: {reason}");
        Refusal ??= new Refusal(rule, error, subject, reason, [], new NearestChange(nearest));
        return error;
    }
}
