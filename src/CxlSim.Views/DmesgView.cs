using System.Globalization;
using System.Text;
using CxlSim.Engine;
using CxlSim.Kernel;

namespace CxlSim.Views;

/// <summary>The kernel log as <c>dmesg</c> prints it.</summary>
public static class DmesgView
{
    public static string Render(KernelLog log)
    {
        StringBuilder text = new();
        foreach (KernelLogLine line in log.Lines)
        {
            text.Append(CultureInfo.InvariantCulture, $"[{SimTime.Zero + line.Since}] {line.Text}\n");
        }

        return text.ToString();
    }
}
