using System.Globalization;
using CxlSim.Core;
using CxlSim.Machine;

namespace CxlSim.Views;

/// <summary>Translations for people and for <c>awk</c>: a line each, fields two spaces apart.</summary>
/// <param name="routes">For names and explanations.</param>
/// <param name="output">Takes the lines.</param>
/// <param name="explain">Whether the way follows below, indented.</param>
public sealed class TranslationText(AddressRoutes routes, TextWriter output, bool explain) : ITranslationView
{
    public void Write(Hpa address, ushort target, Dpa dpa)
    {
        RouteOutcome outcome = AddressRoutes.OutcomeOf(target);
        if (outcome == RouteOutcome.Hit)
        {
            Line($"0x{address.Value:x}  {routes.Devices[target].Name}  0x{dpa.Value:x}");
        }
        else
        {
            string reason = outcome == RouteOutcome.NoWindow ? MissReason.NoWindow : MissReason.Of(routes.Explain(address));
            Line($"0x{address.Value:x}  {reason}");
        }

        Explain(address);
    }

    public void Write(ReverseTranslation found)
    {
        if (found.Hardware is null && found.Driver is null)
        {
            Line($"{found.Address}  {MissReason.Of(found)}");
        }
        else if (found.Hardware == found.Driver)
        {
            Line($"{found.Address}  {found.Hardware}");
        }
        else
        {
            Line($"{found.Address}  hardware {Show(found.Hardware)}  driver {Show(found.Driver)}");
        }

        if (explain && found.Decoder is { } decoder)
        {
            Line($"  driver: {(decoder.Region is { } region ? $"{decoder.Name} is at position {decoder.Position} of {region.Name}" : $"{decoder.Name} is in no region")}");
        }

        if (found.Hardware is { } address)
        {
            Explain(address);
        }
    }

    private static string Show(Hpa? address) => address?.ToString() ?? "none";

    private void Explain(Hpa address)
    {
        foreach (string line in explain ? StoryText.Lines(routes.Explain(address)) : [])
        {
            output.Write(line);
            output.Write('\n');
        }
    }

    private void Line(FormattableString text)
    {
        output.Write(text.ToString(CultureInfo.InvariantCulture));
        output.Write('\n');
    }
}
