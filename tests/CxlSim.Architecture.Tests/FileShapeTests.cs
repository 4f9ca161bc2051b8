using System.Text.RegularExpressions;

namespace CxlSim.Architecture.Tests;

/// <summary>Files and methods stay small, and the tree of files reads like the model.</summary>
public partial class FileShapeTests
{
    private const int LongestFile = 400;
    private const int LongestMethod = 70;

    /// <summary>Closed sets, whose members are read together.</summary>
    private static readonly string[] ClosedSets = ["TraceRecord.cs", "StepDescription.cs", "SratEntryDescription.cs", "DeviceHandleDescription.cs", "HmatRecordDescription.cs", "MadtEntryDescription.cs", "CdatRecordDescription.cs", "DecodeNode.cs", "FindingPlace.cs", "RecordingLine.cs"];

    private static readonly string[] DocumentedFolders = ["Cxl", "Dax", "Mm", "Acpi", "Pci", "MemoryMap", "Config", "Boot"];

    [Fact]
    public void Files_HaveNoMoreThan400Lines() =>
        Code().Where(file => file.Lines.Count > LongestFile).Select(file => $"{file}: {file.Lines.Count} lines").Should().BeEmpty();

    [Fact]
    public void Methods_HaveNoMoreThan70Lines() => Code().SelectMany(LongMethods).Should().BeEmpty();

    /// <summary>Two generic twins of one name count as one.</summary>
    [Fact]
    public void Files_HoldOneTopLevelType() =>
        Code().Where(file => !ClosedSets.Contains(file.Name))
            .Select(file => (file, Types: TopLevelType().Matches(file.Text).Select(match => match.Groups["name"].Value).Distinct().ToArray()))
            .Where(found => found.Types.Length > 1)
            .Select(found => $"{found.file}: {string.Join(", ", found.Types)}")
            .Should().BeEmpty();

    [Fact]
    public void Files_AreNamedAfterTheirType() =>
        Code().Where(file => TopLevelType().Match(file.Text) is { Success: true } type && !file.Name.StartsWith(type.Groups["name"].Value, StringComparison.Ordinal))
            .Should().BeEmpty();

    /// <summary>Of a class in parts, the part that bears its name says what it models.</summary>
    [Fact]
    public void KernelClasses_SayWhatTheyModel() =>
        Repository.Code("src/CxlSim.Kernel/")
            .Where(file => DocumentedFolders.Contains(file.Path.Split('/')[2]) && !file.Name[..^3].Contains('.', StringComparison.Ordinal))
            .Where(file => TopLevelType().Match(file.Text) is { Success: true } type && !type.Groups["doc"].Value.Contains("<summary>", StringComparison.Ordinal))
            .Should().BeEmpty();

    [Fact]
    public void SpecTypes_CiteTheirSpecification() =>
        Repository.Code("src/CxlSim.Spec/")
            .SelectMany(file => TopLevelType().Matches(file.Text).Select(type => (file, type)))
            .Where(found => !Specification().IsMatch(found.type.Groups["doc"].Value))
            .Select(found => $"{found.file}: {found.type.Groups["name"].Value}")
            .Should().BeEmpty();

    private static IEnumerable<SourceFile> Code() => Repository.Code("src/");

    /// <summary>A body is what stands between two braces at the indent of a member; the head above it is no type.</summary>
    private static IEnumerable<string> LongMethods(SourceFile file)
    {
        for (int start = 1; start < file.Lines.Count; start++)
        {
            if (file.Lines[start] != "    {" || TypeWord().IsMatch(file.Lines[start - 1]))
            {
                continue;
            }

            int length = file.Lines.Skip(start + 1).TakeWhile(line => !line.StartsWith("    }", StringComparison.Ordinal)).Count();
            if (length + 2 > LongestMethod)
            {
                yield return $"{file}:{start + 1}: {length + 2} lines";
            }
        }
    }

    [GeneratedRegex(
        @"(?<doc>(?:^///.*\n)*)(?:^\[.*\n)*^(?:(?:public|internal|static|sealed|abstract|readonly|partial|unsafe|ref) )*(?:class|struct|interface|enum|record struct|record class|record) (?<name>\w+)",
        RegexOptions.Multiline)]
    private static partial Regex TopLevelType();

    [GeneratedRegex(@"\b(class|struct|interface|enum|record)\b")]
    private static partial Regex TypeWord();

    [GeneratedRegex(@"CXL r3\.1|ACPI|UEFI|PCI|CDAT")]
    private static partial Regex Specification();
}
