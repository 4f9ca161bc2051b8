using System.Text.RegularExpressions;

namespace CxlSim.Conformance.Tests;

/// <summary>What the comparer counts when a capture is changed in a known way.</summary>
public class CaptureComparerTests
{
    [Fact]
    public void A_changed_value_differs_and_shows_both_values()
    {
        ConformanceReport report = CompareChanged("cxl-attrs.txt", "/ram/size = 0x40000000", "/ram/size = 0x20000000");

        report["cxl-attrs.txt"].Tally.Should().Be(new FactTally(140, 1, 0, 0));
        FactDifference difference = report["cxl-attrs.txt"].Differences.Should().ContainSingle().Subject;
        difference.Key.Should().EndWith("/mem<0xabc0>/ram/size");
        difference.Should().Match<FactDifference>(found => found.Truth == "0x40000000" && found.Ours == "0x20000000");
    }

    [Fact]
    public void A_removed_line_is_missing()
    {
        ConformanceReport report = CompareChanged("cxl-drivers.txt", "root0 driver=\n", "");

        report["cxl-drivers.txt"].Tally.Should().Be(new FactTally(10, 0, 1, 0));
    }

    [Fact]
    public void An_added_line_is_extra_and_counts_against_us()
    {
        Capture ours = Recordings.Boot.With("cxl-drivers.txt", Recordings.Boot.TextOf("cxl-drivers.txt") + "region0 driver=cxl_region\n");

        FactTally tally = CaptureComparer.Compare(Recordings.Boot, ours)["cxl-drivers.txt"].Tally;

        tally.Should().Be(new FactTally(11, 0, 0, 1));
        tally.Percent.Should().Be(91.66);
    }

    [Fact]
    public void A_file_that_ours_lacks_is_not_yet_modelled_and_all_its_facts_are_missing()
    {
        ConformanceReport report = CaptureComparer.Compare(Recordings.Boot, Recordings.Boot.Without("memory-blocks.txt"));

        report["memory-blocks.txt"].Modelled.Should().BeFalse();
        report["memory-blocks.txt"].Tally.Should().Be(new FactTally(0, 0, 83, 0));
        report.Total.Missing.Should().Be(83);
    }

    [Fact]
    public void An_empty_capture_agrees_in_nothing()
    {
        ConformanceReport report = CaptureComparer.Compare(Recordings.Boot, new Capture(new Dictionary<string, string>()));

        report.Total.Should().Be(new FactTally(0, 0, CaptureComparer.Compare(Recordings.Boot, Recordings.Boot).Total.Agree, 0));
    }

    [Fact]
    public void A_file_that_only_ours_has_is_shown_but_not_counted()
    {
        ConformanceReport report = CaptureComparer.Compare(Recordings.Boot, Recordings.Boot.With("dax-drivers.txt", "dax0.0 driver=kmem\n"));

        report.Total.AllAgree.Should().BeTrue();
        report.Unrecorded.Should().ContainSingle().Which.Tally.Should().Be(new FactTally(0, 0, 0, 1));
    }

    [Fact]
    public void A_moved_window_differs_in_both_views_of_iomem()
    {
        ConformanceReport report = CompareChanged("iomem.txt", "490000000-58fffffff : CXL Window 0", "4a0000000-59fffffff : CXL Window 0");

        report["iomem.txt"].Tally.Should().Be(new FactTally(0, 0, 1, 1));
        report["iomem.txt (whole)"].Tally.Should().Match<FactTally>(tally => tally.Missing == 1 && tally.Extra == 1);
    }

    [Fact]
    public void A_system_ram_line_counts_only_in_the_whole_iomem()
    {
        ConformanceReport report = CompareChanged("iomem.txt", "000f0000-000fffff : System ROM\n", "");

        report["iomem.txt"].Tally.AllAgree.Should().BeTrue();
        report["iomem.txt (whole)"].Tally.Missing.Should().Be(1);
    }

    [Fact]
    public void Renumbered_devices_endpoints_and_ports_agree_fully()
    {
        Capture ours = new(Recordings.Created.Files.ToDictionary(file => file.Key, file => Renumber(file.Value)));

        ours.TextOf("cxl-drivers.txt").Should().Contain("mem7 ").And.Contain("endpoint9 ").And.Contain("decoder5.0 ");
        CaptureComparer.Compare(Recordings.Created, ours).Total.Should().Be(CaptureComparer.Compare(Recordings.Created, Recordings.Created).Total);
    }

    [Fact]
    public void Two_devices_probed_in_the_other_order_agree_fully()
    {
        Capture truth = TwoDeviceTree.Probed(mem: 0, endpoint: 3, port: 1);
        Capture ours = TwoDeviceTree.Probed(mem: 1, endpoint: 4, port: 2);

        ours.Files.Should().NotBeEquivalentTo(truth.Files);
        CaptureComparer.Compare(truth, ours).Total.Should().Be(new FactTally(28, 0, 0, 0));
    }

    [Fact]
    public void A_device_behind_the_wrong_root_port_is_not_excused_by_its_number()
    {
        Capture truth = TwoDeviceTree.Probed(mem: 0, endpoint: 3, port: 1);
        Capture ours = truth.With("iomem.txt", "c040001080-c0400010d7 : mem1\nc840001080-c8400010d7 : mem0\n");

        CaptureComparer.Compare(truth, ours)["iomem.txt (whole)"].Tally.Should().Be(new FactTally(0, 0, 2, 2));
    }

    [Fact]
    public void Malformed_json_is_a_difference_not_an_exception()
    {
        Capture ours = Recordings.Boot.With("cxl-list.json", "[\n  {\"memdev\":").With("cxl-list-vvv.json", "");

        ConformanceReport report = CaptureComparer.Compare(Recordings.Boot, ours);

        report["cxl-list.json"].Tally.Should().Be(new FactTally(0, 0, 5, 1));
        report["cxl-list-vvv.json"].Tally.Should().Be(new FactTally(0, 0, 65, 1));
    }

    private static ConformanceReport CompareChanged(string file, string from, string to)
    {
        string text = Recordings.Boot.TextOf(file);
        text.Should().Contain(from);
        return CaptureComparer.Compare(Recordings.Boot, Recordings.Boot.With(file, text.Replace(from, to)));
    }

    private static string Renumber(string text)
    {
        (string From, string To)[] names = [(@"\bmem0\b", "mem7"), (@"\b(endpoint|decoder)2\b", "${1}9"), (@"\b(port|decoder)1\b", "${1}5")];
        return names.Aggregate(text, (renumbered, name) => Regex.Replace(renumbered, name.From, name.To));
    }
}
