using CxlSim.Core;
using CxlSim.Engine;
using CxlSim.Kernel;

namespace CxlSim.Session;

/// <summary>One write(2) to an attribute, from outside.</summary>
public sealed class SysfsWriteRequest(LinuxKernel kernel, string path, string value) : Request
{
    public override string Description => $"write {path} {value}";

    public Errno Error { get; private set; }

    protected override async SimTask ServeAsync() => Error = await kernel.Sysfs.WriteAsync(path, value + "\n");
}
