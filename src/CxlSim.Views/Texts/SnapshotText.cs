using System.Text;
using CxlSim.Machine;

namespace CxlSim.Views;

/// <summary>What a reviewer wants to see of a machine: decoders, iomem, memory blocks, the CXL and dax part of sysfs. Neither time nor log, so that it changes only where the outcome does.</summary>
public static class SnapshotText
{
    private static readonly string[] Buses = ["cxl", "dax"];

    /// <summary>Sections as those of <see cref="MachineDump"/>, which compares them.</summary>
    public static string Render(SimulatedMachine machine)
    {
        StringBuilder text = new();
        text.Append($"=== phase\n{machine.Phase}\n");
        if (machine.Kernel is not { } kernel)
        {
            return text.ToString();
        }

        text.Append($"=== decoders\n{DecoderTable.Render(kernel)}=== iomem\n{IomemView.Render(kernel.Iomem)}=== blocks\n{LsmemView.Render(kernel, new LsmemOptions())}");
        foreach (string bus in Buses)
        {
            text.Append($"=== {bus}\n");
            foreach (Kernel.KObject device in kernel.Sysfs.Buses.Children.GetValueOrDefault(bus)?.Children.GetValueOrDefault("devices")?.Links.Values.OrderBy(device => device.Path, StringComparer.Ordinal) ?? Enumerable.Empty<Kernel.KObject>())
            {
                text.Append(SysfsDump.Render(device));
            }
        }

        return text.ToString();
    }
}
