using System.Globalization;
using CxlSim.Core;
using CxlSim.Views;
using Spectre.Console;

namespace CxlSim.Cli;

/// <summary>The report as tables on the terminal.</summary>
internal static class RunReportTable
{
    /// <summary>Columns. A narrow terminal breaks long lines itself, and leaves addresses in one piece.</summary>
    private const int LeastWidth = 200;

    public static void Print(RunReport report, double wallMs)
    {
        IAnsiConsole console = AnsiConsole.Console;
        console.Profile.Width = Console.IsOutputRedirected ? LeastWidth : Math.Max(console.Profile.Width, LeastWidth);

        if (report.Steps.Count > 0)
        {
            console.Write(StepTable(report));
        }

        if (report.Devices.Count > 0)
        {
            console.Write(DeviceTable(report));
        }
        else
        {
            Console.Out.WriteLine("No CXL memory devices.");
        }

        foreach (DeviceCapacity device in report.Capacities.Where(device => device.Total(CapacityUse.Stranded) > ByteSize.Zero))
        {
            Console.Out.WriteLine($"{device.Summary()}.");
        }

        foreach (AddressRange range in report.Lost)
        {
            Console.Out.WriteLine($"{range.Size} of online memory lost: no committed decoder leads to {range}.");
        }

        if (report.Checks.Count > 0)
        {
            int found = report.Checks.Count(check => check.Found);
            string regions = string.Join(", ", report.Checks.Select(check => check.Region).Distinct());
            Console.Out.WriteLine(Text($"Checked first, middle and last byte of {regions}: {found} of {report.Checks.Count} found on the device that the committed decoders name."));
            foreach (PlacementCheck check in report.Checks.Where(check => !check.Found))
            {
                Console.Out.WriteLine(Text($"  {check.Address} of {check.Region} is not at {check.Device} {check.MediaAddress}"));
            }
        }

        Console.Out.WriteLine(Text(
            $"{report.Platform}: Linux {report.Kernel} reached {report.Phase} after {report.KernelTime} of its own time, {report.VirtualTime} since power-on, {report.Events} events, {wallMs:0.0} ms wall."));
    }

    private static Table DeviceTable(RunReport report)
    {
        Table table = new Table().Border(TableBorder.Simple);
        table.AddColumns("device", "memdev", "capacity", "decoder", "region", "dax", "blocks", "node", "zone", "state");
        foreach (DeviceRow row in report.Devices)
        {
            table.AddRow(
                [.. new[] { row.Device, row.Memdev, row.Capacity, row.Decoder, row.Region, row.Dax, row.Blocks, row.Node, row.Zone, row.State }.Select(Markup.Escape)]);
        }

        return table;
    }

    private static Table StepTable(RunReport report)
    {
        Table table = new Table().Border(TableBorder.Simple);
        table.AddColumns("step", "answer", "result");
        foreach (StepOutcome step in report.Steps)
        {
            string answer = step.Error == step.Expected ? step.Error.ToString() : $"{step.Error}, expected {step.Expected} ({step.Location})";
            table.AddRow([.. new[] { step.Text, answer, step.Result }.Select(Markup.Escape)]);
        }

        return table;
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
