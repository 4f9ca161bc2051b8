using System.Text.RegularExpressions;
using CxlSim.Core;

namespace CxlSim.Session;

/// <summary>The lines of /proc/iomem.</summary>
internal sealed partial class IomemFacts
{
    private readonly List<(int Indent, AddressRange Range, string Name)> _lines = [];

    public IomemFacts(CaptureFile file, ImportFindings findings)
    {
        foreach ((int number, string text) in file.Lines())
        {
            if (Line().Match(text) is { Success: true } line && TextNumber.Hex(line.Groups["start"].Value) is { } start && TextNumber.Hex(line.Groups["last"].Value) is { } last && last >= start && (start > 0 || last < ulong.MaxValue))
            {
                _lines.Add((line.Groups["indent"].Length, AddressRange.FromBounds(new Hpa(start), new Hpa(last)), line.Groups["name"].Value));
            }
            else if (text.Length > 0)
            {
                findings.Warn(Cxi.TextForm, file.Line(number), "found a line that is no range of iomem; expected such as '00001000-0009ffff : System RAM'");
            }
        }

        // Who is not root reads zeros instead of addresses.
        if (_lines.Count > 0 && _lines.TrueForAll(line => line.Range.Last == Hpa.Zero))
        {
            findings.NotLearnt($"all addresses of {file.Path} are zero, as everybody but root reads them; nothing is learnt from it");
            _lines.Clear();
        }
    }

    /// <summary>Lists all of memory, not only a part that somebody cut out.</summary>
    public bool IsWhole => _lines.Exists(line => line.Name == "System RAM" && line.Indent == 0);

    public IEnumerable<(AddressRange Range, string Name)> Top => _lines.Where(line => line.Indent == 0).Select(line => (line.Range, line.Name));

    public AddressRange? Find(string name) => _lines.Where(line => line.Name == name).Select(line => (AddressRange?)line.Range).FirstOrDefault();

    /// <summary>What lies within a range.</summary>
    public IEnumerable<(AddressRange Range, string Name)> Within(AddressRange range) => _lines.Where(line => range.Contains(line.Range)).Select(line => (line.Range, line.Name));

    [GeneratedRegex("^(?<indent> *)(?<start>[0-9a-f]{1,16})-(?<last>[0-9a-f]{1,16}) : (?<name>.+)$")]
    private static partial Regex Line();
}
