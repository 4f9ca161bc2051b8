using System.Globalization;
using System.Text;
using CxlSim.Session;

namespace CxlSim.Cli;

/// <summary>Latency over bandwidth as a drawing (SVG) that stands for itself.</summary>
internal static class MlcPlot
{
    private const int Width = 760;
    private const int Height = 460;
    private const int Left = 70;
    private const int Bottom = 50;
    private const int Edge = 20;

    private static readonly string[] Colours = ["#1b6ca8", "#c8553d", "#3f7d20", "#8d5a97", "#b8860b", "#2a9d8f", "#6b705c", "#d1495b", "#386641", "#5f0f40"];

    public static string Render(MlcReport report)
    {
        double mostGb = RoundUp(report.Curves.SelectMany(curve => curve.Points).Max(point => point.MegabytesPerSecond) / 1e3);
        double mostNs = RoundUp(report.Curves.SelectMany(curve => curve.Points).Max(point => point.LatencyNs));
        StringBuilder svg = new();
        svg.Append(CultureInfo.InvariantCulture, $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Width} {Height}\" font-family=\"sans-serif\" font-size=\"12\">\n");
        svg.Append(CultureInfo.InvariantCulture, $"<title>Latency under load, {report.From.Name} to {Escape(report.To.Name)} of {Escape(report.Platform)}</title>\n<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n");
        for (int i = 0; i <= 5; i++)
        {
            double gb = mostGb * i / 5;
            double ns = mostNs * i / 5;
            svg.Append(CultureInfo.InvariantCulture, $"<path d=\"M{Left} {Y(ns, mostNs):F1}H{Width - Edge}M{X(gb, mostGb):F1} {Edge}V{Height - Bottom}\" stroke=\"#ddd\"/>\n");
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{Left - 8}\" y=\"{Y(ns, mostNs) + 4:F1}\" text-anchor=\"end\">{ns:0.#}</text><text x=\"{X(gb, mostGb):F1}\" y=\"{Height - Bottom + 18}\" text-anchor=\"middle\">{gb:0.#}</text>\n");
        }

        svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{Width / 2}\" y=\"{Height - 10}\" text-anchor=\"middle\">GB/s</text><text x=\"14\" y=\"{Edge + 4}\">ns</text>\n");
        for (int i = 0; i < report.Curves.Count; i++)
        {
            string colour = Colours[i % Colours.Length];
            LoadCurve curve = report.Curves[i];
            string points = string.Join(' ', curve.Points.OrderBy(point => point.MegabytesPerSecond).Select(point =>
                string.Create(CultureInfo.InvariantCulture, $"{X(point.MegabytesPerSecond / 1e3, mostGb):F1},{Y(point.LatencyNs, mostNs):F1}")));
            svg.Append(CultureInfo.InvariantCulture, $"<polyline points=\"{points}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"1.6\"/>\n");
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{Left + 12}\" y=\"{Edge + 16 + (16 * i)}\" fill=\"{colour}\">{curve.Mix.Code} {curve.Mix.Name}</text>\n");
        }

        return svg.Append("</svg>\n").ToString();
    }

    private static double X(double gb, double most) => Left + ((Width - Left - Edge) * gb / most);

    private static double Y(double ns, double most) => Height - Bottom - ((Height - Bottom - Edge) * ns / most);

    /// <summary>To a figure and zeros that fives divide.</summary>
    private static double RoundUp(double most)
    {
        double unit = Math.Pow(10, Math.Floor(Math.Log10(Math.Max(most, 1e-3)))) / 2;
        return Math.Ceiling(most / unit) * unit;
    }

    private static string Escape(string text) => text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal);
}
