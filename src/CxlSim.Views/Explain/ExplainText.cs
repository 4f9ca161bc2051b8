using System.Text;
using CxlSim.Kernel;

namespace CxlSim.Views;

/// <summary>The explanation for people: device by device, then refusal by refusal.</summary>
public static class ExplainText
{
    public static string Render(ExplainReport report)
    {
        StringBuilder text = new();
        text.Append(
            $"{report.Platform}, Linux {report.Kernel}: {report.Total(CapacityUse.InUse)} in use, {report.Total(CapacityUse.Free)} free, {report.Total(CapacityUse.Stranded)} stranded\n");
        foreach (DeviceCapacity device in report.Devices)
        {
            text.Append($"\n{device.Device}{(device.Memdev.Length == 0 ? "" : $" ({device.Memdev})")}, {device.Capacity}\n");
            text.Append(string.Concat(device.Parts.Select(part => $"  {part}\n")));
        }

        foreach (StepOutcome step in report.Steps)
        {
            text.Append($"\n{step.Location}: '{step.Text}' ended with {step.Error}{(step.Error == step.Expected ? ", as expected" : $"; expected {step.Expected}")}\n");
            text.Append(step.Refusal is { } refusal ? RefusalText.Render(refusal, step.Proposal, "  ") : $"  {step.Result}\n");
        }

        foreach (Refusal refusal in report.Refusals)
        {
            text.Append($"\nthe kernel, at {refusal.Time.ToString().Trim()} s\n{RefusalText.Render(refusal, indent: "  ")}");
        }

        foreach (KernelFinding finding in report.Findings)
        {
            text.Append($"\nthe machine\n  {finding.Rule.Number} {finding.Rule.Title}\n  found    {finding.Found}\n  source   {finding.Rule.Source}\n");
            text.Append(finding.Nearest is { } nearest ? $"  nearest  {nearest}\n" : string.Empty);
        }

        return text.ToString();
    }
}
