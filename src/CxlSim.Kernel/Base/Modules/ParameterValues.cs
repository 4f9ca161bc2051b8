using CxlSim.Core;

namespace CxlSim.Kernel;

/// <summary>The parameters of a module in the kernel: what was set, and the defaults of the others (<c>kernel/params.c</c>).</summary>
public sealed class ParameterValues(IReadOnlyList<ModuleParameter> parameters)
{
    private readonly Dictionary<string, string> _set = [];

    /// <summary>The text of a parameter: as set, or its default.</summary>
    public string this[string name] => _set.GetValueOrDefault(name) ?? parameters.First(parameter => parameter.Name == name).Default;

    /// <summary>Sets a parameter; EINVAL for a text that it does not take, ENOENT where there is none of this name.</summary>
    internal Errno Set(string name, string text)
    {
        if (parameters.FirstOrDefault(parameter => parameter.Name == name) is not { } found)
        {
            return Errno.ENOENT;
        }

        if (found.Read(text) is not { } shown)
        {
            return Errno.EINVAL;
        }

        _set[name] = shown;
        return Errno.Ok;
    }
}
