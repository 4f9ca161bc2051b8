using CxlSim.Engine;
using CxlSim.Kernel;

namespace CxlSim.Session;

/// <summary>Reads an attribute, from outside; takes no virtual time.</summary>
public sealed class SysfsReadRequest(LinuxKernel kernel, string path) : Request
{
    public override string Description => $"read {path}";

    public AttributeValue Value { get; private set; }

    protected override SimTask ServeAsync()
    {
        Value = kernel.Sysfs.Read(path);
        return SimTask.CompletedTask;
    }
}
