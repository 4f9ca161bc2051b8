namespace CxlSim.Kernel;

/// <summary>The words for <see cref="OnlineType"/> in files and on the command line.</summary>
public static class OnlineTypes
{
    private static readonly string[] Words = ["offline", "online", "online_kernel", "online_movable"];

    public static string Word(OnlineType type) => Words[(int)type];

    public static bool TryParse(string word, out OnlineType type)
    {
        int index = Array.IndexOf(Words, word);
        type = (OnlineType)Math.Max(0, index);
        return index >= 0;
    }
}
