namespace CxlSim.Conformance.Tests;

/// <summary>How a report reads.</summary>
public class ConformanceReportTests
{
    private static readonly Capture Truth = State(("cxl-drivers.txt", "mem0 a\nmem1 b\nmem2 c\n"), ("lsmem.txt", "x\n"));

    private static readonly ConformanceReport Report =
        CaptureComparer.Compare(Truth, State(("cxl-drivers.txt", "mem0 a\nmem3 d\n"), ("dax-drivers.txt", "dax0.0 driver=kmem\n")));

    [Fact]
    public void The_text_is_a_table_and_then_the_differences_one_by_one() => Report.ToText().Should().Be(
        """
        file             agree  differ  missing  extra  facts  percent  note
        cxl-drivers.txt      1       0        2      1      4    25.00
        lsmem.txt            0       0        1      0      1     0.00  not yet modelled
        dax-drivers.txt      0       0        0      1      1     0.00  not recorded, not counted
        total                1       0        3      1      5    20.00

        cxl-drivers.txt
          - mem1 b = present
          - mem2 c = present
          + mem3 d = present

        dax-drivers.txt
          + dax0.0 driver=kmem = present

        """);

    [Fact]
    public void The_differences_of_a_file_are_bounded() =>
        Report.ToText(differencesPerFile: 1).Should().Contain("  - mem1 b = present\n  ... and 2 more\n").And.NotContain("mem2 c");

    [Fact]
    public void The_markdown_is_a_section_with_a_table() => Report.ToMarkdown("State 01").Should()
        .StartWith("## State 01\n\n| file | agree | differ | missing | extra | facts | percent | note |\n| --- | ---: |")
        .And.Contain("| lsmem.txt | 0 | 0 | 1 | 0 | 1 | 0.00 | not yet modelled |\n")
        .And.Contain("### cxl-drivers.txt\n\n```text\n- mem1 b = present\n");

    [Fact]
    public void A_share_just_below_all_does_not_read_as_100() => new FactTally(99_999, 1, 0, 0).Percent.Should().Be(99.99);

    [Fact]
    public void A_file_without_facts_has_no_share() => new FactTally().Percent.Should().BeNull();

    private static Capture State(params (string File, string Text)[] files) => new(files.ToDictionary(file => file.File, file => file.Text));
}
