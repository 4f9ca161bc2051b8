using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Xml;

namespace CxlSim.Session;

/// <summary>Results as a TRX file, as Visual Studio and the tools of .NET read it. Ids are made of names: the same results are the same file.</summary>
public static class TrxReport
{
    private const string Space = "http://microsoft.com/schemas/VisualStudio/TeamTest/2010";
    private const string AllLists = "19431567-8539-422a-85d7-44ee4e166bda";
    private const string UnitTest = "13cdc9d9-ddb5-4fa4-a97d-d965ccfc6d4b";

    public static string Render(ScenarioReport report)
    {
        StringBuilder text = new();
        using (XmlWriter xml = XmlWriter.Create(new Utf8Text(text), new XmlWriterSettings { Indent = true, NewLineChars = "\n", CheckCharacters = false }))
        {
            xml.WriteStartElement("TestRun", Space);
            xml.WriteAttributeString("id", IdOf("run"));
            xml.WriteAttributeString("name", "cxlsim");
            WriteAll(xml, "Results", report.Cases, WriteResult);
            WriteAll(xml, "TestDefinitions", report.Cases, WriteDefinition);
            WriteAll(xml, "TestEntries", report.Cases, WriteEntry);
            xml.WriteStartElement("TestLists");
            xml.WriteStartElement("TestList");
            xml.WriteAttributeString("name", "All Loaded Results");
            xml.WriteAttributeString("id", AllLists);
            xml.WriteEndElement();
            xml.WriteEndElement();
            WriteSummary(xml, report.Cases);
            xml.WriteEndElement();
        }

        return text.Append('\n').ToString();
    }

    private static void WriteAll(XmlWriter xml, string element, IReadOnlyList<ReportedCase> cases, Action<XmlWriter, ReportedCase> write)
    {
        xml.WriteStartElement(element);
        foreach (ReportedCase known in cases)
        {
            write(xml, known);
        }

        xml.WriteEndElement();
    }

    private static void WriteResult(XmlWriter xml, ReportedCase known)
    {
        xml.WriteStartElement("UnitTestResult");
        xml.WriteAttributeString("executionId", IdOf("execution", known));
        xml.WriteAttributeString("testId", IdOf("test", known));
        xml.WriteAttributeString("testName", NameOf(known));
        xml.WriteAttributeString("computerName", "cxlsim");
        xml.WriteAttributeString("testType", UnitTest);
        xml.WriteAttributeString("outcome", known.IsPassed ? "Passed" : "Failed");
        xml.WriteAttributeString("testListId", AllLists);
        if (!known.IsPassed)
        {
            xml.WriteStartElement("Output");
            xml.WriteStartElement("ErrorInfo");
            xml.WriteElementString("Message", XmlText.Clean(XmlText.Of(known)));
            xml.WriteEndElement();
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    private static void WriteDefinition(XmlWriter xml, ReportedCase known)
    {
        xml.WriteStartElement("UnitTest");
        xml.WriteAttributeString("name", NameOf(known));
        xml.WriteAttributeString("storage", XmlText.Clean(known.File));
        xml.WriteAttributeString("id", IdOf("test", known));
        xml.WriteStartElement("Execution");
        xml.WriteAttributeString("id", IdOf("execution", known));
        xml.WriteEndElement();
        xml.WriteStartElement("TestMethod");
        xml.WriteAttributeString("codeBase", XmlText.Clean(known.File));
        xml.WriteAttributeString("className", XmlText.Clean(known.File));
        xml.WriteAttributeString("name", XmlText.Clean(known.Name));
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    private static void WriteEntry(XmlWriter xml, ReportedCase known)
    {
        xml.WriteStartElement("TestEntry");
        xml.WriteAttributeString("testId", IdOf("test", known));
        xml.WriteAttributeString("executionId", IdOf("execution", known));
        xml.WriteAttributeString("testListId", AllLists);
        xml.WriteEndElement();
    }

    private static void WriteSummary(XmlWriter xml, IReadOnlyList<ReportedCase> cases)
    {
        int passed = cases.Count(known => known.IsPassed);
        xml.WriteStartElement("ResultSummary");
        xml.WriteAttributeString("outcome", passed == cases.Count ? "Completed" : "Failed");
        xml.WriteStartElement("Counters");
        foreach ((string name, int count) in new[] { ("total", cases.Count), ("executed", cases.Count), ("passed", passed), ("failed", cases.Count - passed) })
        {
            xml.WriteAttributeString(name, count.ToString(CultureInfo.InvariantCulture));
        }

        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    private static string NameOf(ReportedCase known) => XmlText.Clean($"{known.File}: {known.Name}");

    private static string IdOf(string kind, ReportedCase known) => IdOf($"{kind}\n{known.File}\n{known.Name}");

    private static string IdOf(string text) => new Guid(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 16)).ToString();
}
