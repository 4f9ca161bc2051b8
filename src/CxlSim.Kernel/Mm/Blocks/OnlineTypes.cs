namespace CxlSim.Kernel;

/// <summary>The words for <see cref="OnlineType"/> in files and on the command line (<c>drivers/base/memory.c</c>, online_type_to_str).</summary>
public static class OnlineTypes
{
    private static readonly string[] Words = ["offline", "online", "online_kernel", "online_movable"];

    private const string Prefix = "MHP_DEFAULT_ONLINE_TYPE_";

    /// <summary>The options of <see cref="KernelChange.DefaultOnlineTypes"/>, in the order of the choices.</summary>
    private static readonly string[] Options = ["OFFLINE", "ONLINE_AUTO", "ONLINE_KERNEL", "ONLINE_MOVABLE"];

    /// <summary>What becomes of hot-added blocks where neither command line nor sysfs says otherwise.</summary>
    public static OnlineType BuildDefault(KernelConfig config)
    {
        if (!config.Has(KernelChange.DefaultOnlineTypes))
        {
            return config.IsEnabled("MEMORY_HOTPLUG_DEFAULT_ONLINE") ? OnlineType.Online : OnlineType.Offline;
        }

        // The options exclude each other: one that is asked for puts out the distribution's.
        int said = Array.FindIndex(Options, option => config.IsSaid(Prefix + option) && config.IsEnabled(Prefix + option));
        return (OnlineType)Math.Max(0, said >= 0 ? said : Array.FindIndex(Options, option => config.IsEnabled(Prefix + option)));
    }

    public static string Word(OnlineType type) => Words[(int)type];

    public static bool TryParse(string word, out OnlineType type)
    {
        int index = Array.IndexOf(Words, word);
        type = (OnlineType)Math.Max(0, index);
        return index >= 0;
    }
}
