using System.Globalization;
using CxlSim.Core;

namespace CxlSim.Kernel;

/// <summary>A parameter of a module: what it is without being set, and which texts it takes (<c>kernel/params.c</c>).</summary>
/// <param name="Name">As in <c>/sys/module/NAME/parameters</c>.</param>
/// <param name="Default">Its text while nobody has set it.</param>
/// <param name="Read">The text that it shows for what was set; null where it refuses that.</param>
public sealed record ModuleParameter(string Name, string Default, Func<string, string?> Read)
{
    public static ModuleParameter Bool(string name, string preset, params string[] words) =>
        new(name, preset, text => words.Contains(text) ? text : Kstrto.Bool(text, out bool value) != Errno.Ok ? null : value ? "Y" : "N");

    public static ModuleParameter Int(string name, string preset) =>
        new(name, preset, text => Kstrto.Int(text, out int value) == Errno.Ok ? value.ToString(CultureInfo.InvariantCulture) : null);

    public static ModuleParameter UInt(string name, string preset, uint largest = uint.MaxValue) =>
        new(name, preset, text => Kstrto.U64(text, out ulong value) == Errno.Ok && value <= largest ? value.ToString(CultureInfo.InvariantCulture) : null);

    public static ModuleParameter Word(string name, string preset, params string[] words) => new(name, preset, text => words.Contains(text) ? text : null);
}
