using CxlSim.Core;
using CxlSim.Engine;

namespace CxlSim.Kernel;

/// <summary>Makes attributes: <c>Attr&lt;Region&gt;.ReadOnly("resource", r =&gt; ...)</c>.</summary>
public static class Attr<T>
    where T : KObject
{
    public static KAttribute ReadOnly(string name, Func<T, AttributeValue> show, FileMode mode = FileMode.S0444, Func<T, bool>? visible = null) =>
        new KAttribute<T>(name, mode, show, null, visible);

    public static KAttribute ReadWrite(
        string name, Func<T, AttributeValue> show, Func<T, string, SimTask<Errno>> store, Func<T, bool>? visible = null) =>
        new KAttribute<T>(name, FileMode.S0644, show, store, visible);

    public static KAttribute WriteOnly(
        string name, Func<T, string, SimTask<Errno>> store, Func<T, bool>? visible = null, FileMode mode = FileMode.S0200) =>
        new KAttribute<T>(name, mode, null, store, visible);
}
