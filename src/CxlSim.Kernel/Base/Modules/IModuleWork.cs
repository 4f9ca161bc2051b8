using CxlSim.Core;
using CxlSim.Engine;

namespace CxlSim.Kernel;

/// <summary>What a module does beside registering drivers (<c>module_init</c>, <c>module_exit</c>).</summary>
public interface IModuleWork
{
    /// <summary>Anything but success, and the module does not stay.</summary>
    SimTask<Errno> InitAsync();

    SimTask ExitAsync();
}
