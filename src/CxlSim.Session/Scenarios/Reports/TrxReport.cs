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
        (ReportedCase Case, string Key)[] cases = Keyed(report.Cases);
        StringBuilder text = new();
        using (XmlWriter xml = XmlWriter.Create(new Utf8Text(text), new XmlWriterSettings { Indent = true, NewLineChars = "\n", CheckCharacters = false }))
        {
            xml.WriteStartElement("TestRun", Space);
            xml.WriteAttributeString("id", IdOf("run"));
            xml.WriteAttributeString("name", "cxlsim");
            WriteAll(xml, "Results", cases, WriteResult);
            WriteAll(xml, "TestDefinitions", cases, WriteDefinition);
            WriteAll(xml, "TestEntries", cases, WriteEntry);
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

    private static void WriteAll(XmlWriter xml, string element, IReadOnlyList<(ReportedCase Case, string Key)> cases, Action<XmlWriter, ReportedCase, string> write)
    {
        xml.WriteStartElement(element);
        foreach ((ReportedCase known, string key) in cases)
        {
            write(xml, known, key);
        }

        xml.WriteEndElement();
    }

    private static void WriteResult(XmlWriter xml, ReportedCase known, string key)
    {
        xml.WriteStartElement("UnitTestResult");
        xml.WriteAttributeString("executionId", IdOf("execution\n" + key));
        xml.WriteAttributeString("testId", IdOf("test\n" + key));
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

    private static void WriteDefinition(XmlWriter xml, ReportedCase known, string key)
    {
        xml.WriteStartElement("UnitTest");
        xml.WriteAttributeString("name", NameOf(known));
        xml.WriteAttributeString("storage", XmlText.Clean(known.File));
        xml.WriteAttributeString("id", IdOf("test\n" + key));
        xml.WriteStartElement("Execution");
        xml.WriteAttributeString("id", IdOf("execution\n" + key));
        xml.WriteEndElement();
        xml.WriteStartElement("TestMethod");
        xml.WriteAttributeString("codeBase", XmlText.Clean(known.File));
        xml.WriteAttributeString("className", XmlText.Clean(known.File));
        xml.WriteAttributeString("name", XmlText.Clean(known.Name));
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    private static void WriteEntry(XmlWriter xml, ReportedCase known, string key)
    {
        xml.WriteStartElement("TestEntry");
        xml.WriteAttributeString("testId", IdOf("test\n" + key));
        xml.WriteAttributeString("executionId", IdOf("execution\n" + key));
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

    /// <summary>Each with what its ids are made of. A case that is there twice, with different results, has a number behind it: no two have one id.</summary>
    private static (ReportedCase Case, string Key)[] Keyed(IReadOnlyList<ReportedCase> cases) =>
    [
        .. cases.GroupBy(known => (known.File, known.Name))
            .SelectMany(same => same.Select((known, index) => (known, $"{known.File}\n{known.Name}{(index == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"\n{index + 1}"))}"))),
    ];

    private static string IdOf(string text) => new Guid(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 16)).ToString();
}
