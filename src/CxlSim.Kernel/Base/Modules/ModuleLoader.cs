using CxlSim.Core;
using CxlSim.Engine;

namespace CxlSim.Kernel;

/// <summary>Loads and unloads modules by name: <c>modprobe</c>, and <c>rmmod</c> (<c>kernel/module/main.c</c>).</summary>
/// <param name="core">The kernel's.</param>
public sealed class ModuleLoader(KernelCore core)
{
    private readonly List<ModuleImage> _images = [];
    private readonly List<KernelModule> _loaded = [];
    private readonly List<KernelModule> _builtIn = [];

    /// <summary>The latest first, as /proc/modules lists them; without what is built in.</summary>
    public IReadOnlyList<KernelModule> Loaded => _loaded;

    /// <summary>What can be loaded, loaded or not.</summary>
    public IEnumerable<ModuleImage> Available => _images.Where(image => !image.IsBuiltIn && (image.Option is not { } option || core.Config.IsEnabled(option)));

    /// <summary>Says what there is, built in or to be loaded; what is built in stands in the order of its initcalls.</summary>
    public void Provide(IEnumerable<ModuleImage> images) => _images.AddRange(images);

    /// <summary>A module that is loaded or built in.</summary>
    public KernelModule? Find(string name) => _loaded.Concat(_builtIn).FirstOrDefault(module => module.Name == Spelled(name));

    /// <summary>Loads a module after those that it needs; loading twice is success. ENOENT for one that this kernel does not have, EINVAL for a bad parameter.</summary>
    /// <param name="name">Hyphens and underscores are the same.</param>
    /// <param name="options">Parameters, <c>name=value</c>, with spaces between them; they come after those of the command line.</param>
    public async SimTask<Errno> LoadAsync(string name, string options = "")
    {
        if (_images.FirstOrDefault(image => image.Name == Spelled(name)) is not { } image || (image.Option is { } option && !core.Config.IsEnabled(option)))
        {
            return Errno.ENOENT;
        }

        if (await PresentAsync(image.Name) is { } settled)
        {
            return settled;
        }

        foreach (string other in image.LoadedBefore)
        {
            await LoadAsync(other); // an order, and no condition
        }

        foreach (string used in image.Uses)
        {
            if (await LoadAsync(used) is var error and not Errno.Ok)
            {
                return error;
            }
        }

        return await PresentAsync(image.Name) ?? await InitAsync(image, options);
    }

    /// <summary>Takes a module out: its drivers let go of their devices first (<c>delete_module</c>).</summary>
    /// <returns>ENOENT where it is not loaded, or built in; EAGAIN (EWOULDBLOCK) while somebody uses it; EBUSY while it comes or goes.</returns>
    public async SimTask<Errno> UnloadAsync(string name)
    {
        if (_loaded.Find(loaded => loaded.Name == Spelled(name)) is not { } module)
        {
            return Errno.ENOENT;
        }

        if (module.Users.Count > 0)
        {
            return Errno.EAGAIN;
        }

        if (module.State != ModuleState.Live)
        {
            return Errno.EBUSY;
        }

        using FrameScope frame = core.Simulation.Enter("__do_sys_delete_module", module.Name);
        await RemoveAsync(module);
        return Errno.Ok;
    }

    /// <summary>What is built in registers its drivers, and shows in sysfs where it has some, or parameters (<c>module_add_driver</c>, <c>param_sysfs_builtin</c>).</summary>
    internal async SimTask InitBuiltInAsync()
    {
        foreach (ModuleImage image in _images.Where(image => image.IsBuiltIn))
        {
            KernelModule module = new(core.Simulation, image);
            SetParameters(module, string.Empty);
            await module.InitAsync();
            Finish(module);
            _builtIn.Add(module);
            if (image.Parameters.Count > 0 || module.HasDrivers)
            {
                core.Sysfs.Modules.Attach(module);
            }
        }
    }

    /// <summary>modprobe takes hyphens for underscores.</summary>
    private static string Spelled(string name) => name.Replace('-', '_');

    private static void Finish(KernelModule module)
    {
        module.State = ModuleState.Live;
        module.Initialised.Set();
    }

    /// <summary>What loading comes to where the module is there already: it waits for one that is coming, and one that is going is in the way. Null where there is none.</summary>
    private async SimTask<Errno?> PresentAsync(string name)
    {
        if (Find(name) is not { } present)
        {
            return null;
        }

        if (present.State == ModuleState.Going)
        {
            return Errno.EBUSY;
        }

        await present.Initialised.WaitAsync();
        return present.State == ModuleState.Live ? Errno.Ok : Errno.EBUSY;
    }

    private async SimTask RemoveAsync(KernelModule module)
    {
        module.State = ModuleState.Going;
        await module.ExitAsync();
        foreach (string used in module.Image.Uses)
        {
            Find(used)?.RemoveUser(module);
        }

        core.Sysfs.Modules.Detach(module);
        _loaded.Remove(module);
    }

    private async SimTask<Errno> InitAsync(ModuleImage image, string options)
    {
        if (core.CommandLine.Value("module_blacklist")?.Split(',').Contains(image.Name) == true)
        {
            core.Log.Error($"Module {image.Name} is blacklisted");
            return Errno.EPERM;
        }

        KernelModule module = new(core.Simulation, image);
        Errno error = SetParameters(module, options);
        if (error != Errno.Ok)
        {
            return error;
        }

        using FrameScope frame = core.Simulation.Enter("do_init_module", image.Name);
        _loaded.Insert(0, module);
        core.Sysfs.Modules.Attach(module);
        module.Directory("holders");
        foreach (string used in image.Uses)
        {
            Find(used)!.AddUser(module);
        }

        error = await module.InitAsync();
        if (error != Errno.Ok)
        {
            await RemoveAsync(module); // what it has done so far is undone
            module.Initialised.Set();
            return error;
        }

        Finish(module);
        return Errno.Ok;
    }

    /// <summary>The command line's <c>module.name=value</c>, then the options (<c>parse_args</c>). Built in, a bad value leaves the default; the others are set all the same.</summary>
    private Errno SetParameters(KernelModule module, string options)
    {
        Errno result = Errno.Ok;
        foreach (ModuleParameter parameter in module.Image.Parameters)
        {
            if (core.CommandLine.Value($"{module.Name}.{parameter.Name}") is { } value && Set(module, parameter.Name, value) is var error and not Errno.Ok)
            {
                result = error;
            }
        }

        foreach ((string name, string? value) in new CommandLine(options).Parameters)
        {
            if (Set(module, name, value ?? string.Empty) is var error and not Errno.Ok)
            {
                result = error;
            }
        }

        return result;
    }

    private Errno Set(KernelModule module, string name, string value)
    {
        Errno error = module.Parameters.Set(name, value);
        if (error == Errno.EINVAL)
        {
            core.Log.Error($"{module.Name}: `{value}' invalid for parameter `{name}'");
            return error;
        }

        if (error == Errno.ENOENT && name != "dyndbg")
        {
            core.Log.Warning($"{module.Name}: unknown parameter '{name}' ignored");
        }

        return Errno.Ok;
    }
}
