namespace CxlSim.Kernel;

/// <summary>How many huge pages of a size are wanted at boot, <c>hugepages=</c> (<c>mm/hugetlb.c</c>, hugepages_setup).</summary>
/// <param name="Anywhere">From all nodes together.</param>
/// <param name="OnNodes">From some nodes; empty where the number is for all together.</param>
/// <param name="Wrong">From where on the text cannot be understood, and then none of it counts; null where all can.</param>
internal sealed record BootHugePages(ulong Anywhere, IReadOnlyList<(int Node, ulong Count)> OnNodes, string? Wrong)
{
    /// <summary>A number, or <c>NODE:COUNT,...</c>; what stands behind a number and is no further node is not looked at.</summary>
    /// <param name="text">The parameter.</param>
    /// <param name="nodes">How many nodes are online.</param>
    public static BootHugePages Parse(string text, int nodes)
    {
        List<(int Node, ulong Count)> wanted = [];
        NumberCursor cursor = new(text);
        do
        {
            string rest = cursor.Rest;
            if (!cursor.TryDecimal(out ulong number))
            {
                return new BootHugePages(0, [], rest);
            }

            if (!cursor.Take(':'))
            {
                return wanted.Count == 0 ? new BootHugePages(number, [], null) : new BootHugePages(0, [], rest);
            }

            rest = number < (ulong)nodes ? cursor.Rest : rest;
            if (number >= (ulong)nodes || !cursor.TryDecimal(out ulong count))
            {
                return new BootHugePages(0, [], rest);
            }

            wanted.Add(((int)number, count));
        }
        while (cursor.Take(',') && !cursor.IsAtEnd);

        return new BootHugePages(0, wanted, null);
    }
}
