using System.Globalization;
using System.Text;
using CxlSim.Kernel;

namespace CxlSim.Views;

/// <summary>/proc/modules (<c>kernel/module/procfs.c</c>): name, size, uses, users, state, and the address as a reader without CAP_SYSLOG sees it.</summary>
public static class ModulesView
{
    public static string Render(ModuleLoader modules)
    {
        StringBuilder text = new();
        foreach (KernelModule module in modules.Loaded)
        {
            string users = module.Users.Count == 0 ? "-" : string.Concat(module.Users.Select(user => user.Name + ","));
            string state = module.State switch { ModuleState.Coming => "Loading", ModuleState.Going => "Unloading", _ => "Live" };
            text.Append(CultureInfo.InvariantCulture, $"{module.Name} {module.Image.Size} {module.Users.Count} {users} {state} 0x0000000000000000\n");
        }

        return text.ToString();
    }
}
