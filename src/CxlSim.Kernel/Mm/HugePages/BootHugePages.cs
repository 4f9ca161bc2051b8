using System.Globalization;

namespace CxlSim.Kernel;

/// <summary>How many huge pages of a size are wanted at boot, <c>hugepages=</c> (<c>mm/hugetlb.c</c>, hugepages_setup).</summary>
/// <param name="Anywhere">From all nodes together.</param>
/// <param name="OnNodes">From some nodes; empty where the number is for all together.</param>
internal sealed record BootHugePages(ulong Anywhere, IReadOnlyList<(int Node, ulong Count)> OnNodes)
{
    /// <summary>A number, or <c>NODE:COUNT,...</c>; null for anything else.</summary>
    public static BootHugePages? Parse(string text)
    {
        if (ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ulong anywhere))
        {
            return new BootHugePages(anywhere, []);
        }

        List<(int Node, ulong Count)> nodes = [];
        foreach (string part in text.Split(','))
        {
            if (part.Split(':') is not [var node, var count]
                || !int.TryParse(node, NumberStyles.None, CultureInfo.InvariantCulture, out int id)
                || !ulong.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out ulong pages))
            {
                return null;
            }

            nodes.Add((id, pages));
        }

        return new BootHugePages(0, nodes);
    }
}
