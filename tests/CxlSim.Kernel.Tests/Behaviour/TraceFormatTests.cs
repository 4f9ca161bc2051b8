namespace CxlSim.Kernel.Tests.Behaviour;

/// <summary>Where the fields of trace events lie: the files <c>format</c> that 6.12 and 7.2 showed, and between them what each release added (<c>drivers/cxl/core/trace.h</c>).</summary>
public class TraceFormatTests
{
    private const string Release31 = "hdr_maint_op_sub_class cme_count sub_type cme_threshold_ev_flags";
    private const string Release32 = "hdr_maint_op_sub_class hdr_ld_id hdr_head_id hpa_alias0 cme_count sub_type cme_threshold_ev_flags";

    [Theory]
    [InlineData("6.12")]
    [InlineData("7.2")]
    public void RecordedKernels_ShowTheirFormats(string version)
    {
        using StreamReader reader = new(typeof(TraceFormatTests).Assembly.GetManifestResourceStream($"trace-formats-{version}.txt")!);
        string[] recorded = reader.ReadToEnd().Split("name: ", StringSplitOptions.RemoveEmptyEntries);

        EventsOf(version).Select(kind => kind.FormatText().Split("\nprint fmt: ")[0]).Order(StringComparer.Ordinal)
            .Should().Equal(recorded.Select(text => "name: " + text.TrimEnd() + "\n"));
    }

    [Theory]
    [InlineData("6.13", 1297, "")]
    [InlineData("6.14", 1359, Release31)]
    [InlineData("6.15", 1359, "hdr_maint_op_sub_class hpa_alias0 cme_count sub_type cme_threshold_ev_flags")]
    [InlineData("6.16", 1359, "hdr_maint_op_sub_class hpa_alias0 cme_count sub_type cme_threshold_ev_flags")]
    [InlineData("6.17", 1360, Release32)]
    [InlineData("7.2", 1360, Release32)]
    public void GeneralMedia_GainsFields(string version, int id, string gained)
    {
        TraceEvent media = EventsOf(version).Single(kind => kind.Name == "cxl_general_media");

        media.Id.Should().Be(id);
        string[] old = [.. EventsOf("6.12").Single(kind => kind.Name == media.Name).Fields.Select(field => field.Name)];
        media.Fields.Select(field => field.Name).Except(old).Should().Equal(gained.Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }

    [Theory]
    [InlineData("6.14", 104, 112, 140)]
    [InlineData("6.15", 104, 120, 148)]
    [InlineData("6.17", 104, 120, 148)]
    public void WhatLiesBehindANewField_Moves(string version, int hpa, int region, int name)
    {
        TraceEvent media = EventsOf(version).Single(kind => kind.Name == "cxl_general_media");

        media.Fields.Where(field => field.Name is "hpa" or "region_uuid" or "region_name").Select(field => field.Offset).Should().Equal(hpa, region, name);
    }

    [Theory]
    [InlineData("6.14", 48)]
    [InlineData("6.15", 56)]
    public void Poison_TellsTheAliasBeforeTheDpa(string version, int dpa) =>
        EventsOf(version).Single(kind => kind.Name == "cxl_poison").Fields.Single(field => field.Name == "dpa").Offset.Should().Be(dpa);

    [Theory]
    [InlineData("6.16", false)]
    [InlineData("6.17", true)]
    public void Sparing_HasAnEvent(string version, bool has) => EventsOf(version).Any(kind => kind.Name == "cxl_memory_sparing").Should().Be(has);

    private static IReadOnlyList<TraceEvent> EventsOf(string version) => Given.Booted($"kernel: {{version: \"{version}\"}}\nmemory: {{dram: 2GiB}}\n").Kernel.Tracing.Events;
}
