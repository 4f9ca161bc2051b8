using CxlSim.Engine;

namespace CxlSim.Kernel;

/// <summary>A module before it is loaded: what its file and depmod's lists say of it (<c>modules.dep</c>, <c>modules.softdep</c>, <c>modinfo</c>).</summary>
/// <param name="Name">With underscores, as the kernel spells it.</param>
/// <param name="Size">Bytes that it takes once loaded; 0 for one that is built in.</param>
public sealed record ModuleImage(string Name, int Size = 0)
{
    /// <summary>Part of the kernel's own file: always there, and not in /proc/modules.</summary>
    public bool IsBuiltIn => Size == 0;

    /// <summary>The build option that it depends on; null for one that every kernel modelled has.</summary>
    public string? Option { get; init; }

    /// <summary>Modules whose symbols it uses, in the order in which they are loaded: it holds them while it is loaded.</summary>
    public IReadOnlyList<string> Uses { get; init; } = [];

    /// <summary>Modules that modprobe loads before it without a tie between them (<c>MODULE_SOFTDEP</c>).</summary>
    public IReadOnlyList<string> LoadedBefore { get; init; } = [];

    public IReadOnlyList<ModuleParameter> Parameters { get; init; } = [];

    /// <summary>Drivers that its init function registers, and on which bus; unloading takes them back in reverse.</summary>
    public Func<ParameterValues, IReadOnlyList<(Bus Bus, Driver Driver)>> Drivers { get; init; } = _ => [];

    /// <summary>What its drivers wait for before they are registered; loading does not. Null for most, which are registered while it loads.</summary>
    public Func<SimTask>? DriversWaitFor { get; init; }

    /// <summary>What its init and exit functions do beside that; null for most.</summary>
    public Func<ParameterValues, IModuleWork>? Work { get; init; }
}
