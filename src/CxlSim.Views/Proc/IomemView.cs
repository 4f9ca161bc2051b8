using System.Globalization;
using System.Text;
using CxlSim.Kernel;

namespace CxlSim.Views;

/// <summary>/proc/iomem: two spaces a level, no deeper than 6.12 indents (<c>kernel/resource.c</c>, r_show).</summary>
public static class IomemView
{
    /// <summary>MAX_IORES_LEVEL: what lies deeper shares the last indent.</summary>
    private const int DeepestLevel = 5;

    public static string Render(ResourceTree iomem)
    {
        StringBuilder text = new();
        foreach (Resource child in iomem.Root.Children)
        {
            Append(text, child, 0);
        }

        return text.ToString();
    }

    private static void Append(StringBuilder text, Resource resource, int level)
    {
        text.Append(' ', 2 * Math.Min(level, DeepestLevel));
        text.Append(CultureInfo.InvariantCulture, $"{resource.Range.Start.Value:x8}-{resource.Range.Last.Value:x8} : {resource.Name}\n");
        foreach (Resource child in resource.Children)
        {
            Append(text, child, level + 1);
        }
    }
}
