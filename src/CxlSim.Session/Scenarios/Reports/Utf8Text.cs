using System.Globalization;
using System.Text;

namespace CxlSim.Session;

/// <summary>A text that will be a file of UTF-8, and says so of itself.</summary>
internal sealed class Utf8Text(StringBuilder text) : StringWriter(text, CultureInfo.InvariantCulture)
{
    public override Encoding Encoding => Encoding.UTF8;
}
