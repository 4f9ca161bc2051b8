using System.Globalization;
using System.Text;
using CxlSim.Kernel;

namespace CxlSim.Views;

/// <summary>/proc/buddyinfo: free blocks of each order, of the zones that have pages (<c>mm/vmstat.c</c>, frag_show_print).</summary>
public static class BuddyinfoView
{
    public static string Render(LinuxKernel kernel)
    {
        StringBuilder text = new();
        foreach (NumaNode node in kernel.Numa.OnlineNodes)
        {
            foreach (Zone zone in node.Zones.Where(zone => zone.IsPopulated))
            {
                text.Append(CultureInfo.InvariantCulture, $"Node {node.Id}, zone {zone.Name,8} ");
                foreach (ulong blocks in zone.BlocksByOrder)
                {
                    text.Append(CultureInfo.InvariantCulture, $"{blocks,6} ");
                }

                text.Append('\n');
            }
        }

        return text.ToString();
    }
}
