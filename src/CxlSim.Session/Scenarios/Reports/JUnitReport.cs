using System.Globalization;
using System.Text;
using System.Xml;

namespace CxlSim.Session;

/// <summary>Results as JUnit XML, as Jenkins, GitLab and others read it: a suite for each file, a test case for each case.</summary>
public static class JUnitReport
{
    public static string Render(ScenarioReport report)
    {
        StringBuilder text = new();
        using (XmlWriter xml = XmlWriter.Create(new Utf8Text(text), new XmlWriterSettings { Indent = true, NewLineChars = "\n", CheckCharacters = false }))
        {
            xml.WriteStartElement("testsuites");
            xml.WriteAttributeString("name", "cxlsim");
            WriteCounts(xml, report.Cases);
            foreach (IGrouping<string, ReportedCase> file in report.Cases.GroupBy(known => known.File))
            {
                xml.WriteStartElement("testsuite");
                xml.WriteAttributeString("name", XmlText.Clean(file.Key));
                WriteCounts(xml, [.. file]);
                foreach (ReportedCase known in file)
                {
                    WriteCase(xml, known);
                }

                xml.WriteEndElement();
            }

            xml.WriteEndElement();
        }

        return text.Append('\n').ToString();
    }

    private static void WriteCounts(XmlWriter xml, IReadOnlyCollection<ReportedCase> cases)
    {
        xml.WriteAttributeString("tests", cases.Count.ToString(CultureInfo.InvariantCulture));
        xml.WriteAttributeString("failures", cases.Count(known => known.Verdict == ReportedCase.Failed).ToString(CultureInfo.InvariantCulture));
        xml.WriteAttributeString("errors", cases.Count(known => known.Verdict is ReportedCase.Bug or ReportedCase.Unread).ToString(CultureInfo.InvariantCulture));
    }

    private static void WriteCase(XmlWriter xml, ReportedCase known)
    {
        xml.WriteStartElement("testcase");
        xml.WriteAttributeString("classname", XmlText.Clean(known.File));
        xml.WriteAttributeString("name", XmlText.Clean(known.Name));
        if (!known.IsPassed)
        {
            xml.WriteStartElement(known.Verdict == ReportedCase.Failed ? "failure" : "error");
            xml.WriteAttributeString("message", XmlText.Clean(known.Failures.Count > 0 ? known.Failures[0].Message : known.Verdict));
            xml.WriteAttributeString("type", known.Verdict);
            xml.WriteString(XmlText.Clean(XmlText.Of(known)));
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }
}
