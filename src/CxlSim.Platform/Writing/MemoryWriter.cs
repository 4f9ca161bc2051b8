using CxlSim.Platform.Reading;

namespace CxlSim.Platform.Writing;

/// <summary>Writes <c>memory:</c>.</summary>
internal static class MemoryWriter
{
    public static void Write(YamlText text, MemoryDescription memory)
    {
        text.List("nodes", memory.Nodes.Select(Node));
        text.List("efi", memory.Efi.Select(Efi));
        if (memory.Srat is null)
        {
            text.Entry("srat", "none");
        }
        else
        {
            text.ListIfSaid("srat", memory.Srat.Select(AffinityWriter.Srat));
        }

        text.Entry("apic", memory.IsX2Apic ? "x2apic" : null);
        text.ListIfSaid("madt", memory.Madt?.Select(AffinityWriter.Madt));
        if (memory.Slit is { } slit)
        {
            string[] rows = [.. slit.Rows.Select(row => ScalarText.List(row.Select(entry => ScalarText.Of(entry))))];
            bool isSquare = slit.Localities == (ulong)rows.Length;
            text.Entry("slit", isSquare ? ScalarText.List(rows) : new FlowMapping().Number("localities", slit.Localities).Add("entries", ScalarText.List(rows)).ToString());
        }

        text.List("distances", memory.Distances.Select(Distance));
        text.List("hmat", memory.Hmat.Select(Hmat).Concat(memory.HmatRecords.Select(HmatRecordWriter.Write)));
    }

    private static string Node(DramNodeDescription node) => new FlowMapping()
        .Add("pxm", ScalarText.Of(node.ProximityDomain))
        .Add("size", ScalarText.Of(node.Size))
        .Add("cpus", ScalarText.Of((ulong)node.Cpus))
        .Add("ranges", ScalarText.List(node.Ranges.Select(ScalarText.Of)), node.Ranges.Count > 0)
        .ToString();

    private static string Efi(EfiEntryDescription entry)
    {
        bool isUsual = entry.Attributes == EfiEntryDescription.UsualAttributes(entry.Type, specificPurpose: false);
        bool isSpecific = entry.Attributes == EfiEntryDescription.UsualAttributes(entry.Type, specificPurpose: true);
        return new FlowMapping()
            .Add("range", ScalarText.Of(entry.Range))
            .Add("type", ScalarText.Word((uint)entry.Type, MemoryReader.EfiTypes))
            .Flag("sp", isSpecific)
            .Hex("attributes", isUsual || isSpecific ? null : (ulong)entry.Attributes)
            .ToString();
    }

    private static string Distance(DistanceDescription distance) => new FlowMapping()
        .Add("from", ScalarText.Of(distance.From))
        .Add("to", ScalarText.Of(distance.To))
        .Add("distance", ScalarText.Of(distance.Distance))
        .ToString();

    private static string Hmat(HmatEntryDescription entry)
    {
        FlowMapping mapping = new FlowMapping().Add("initiator", ScalarText.Of(entry.Initiator)).Add("target", ScalarText.Of(entry.Target));
        Add("latency", entry.LatencyNs);
        Add("read_latency", entry.ReadLatencyNs);
        Add("write_latency", entry.WriteLatencyNs);
        Add("bandwidth", entry.BandwidthMBs);
        Add("read_bandwidth", entry.ReadBandwidthMBs);
        Add("write_bandwidth", entry.WriteBandwidthMBs);
        return mapping.ToString();

        void Add(string key, uint? value) => mapping.Add(key, value is { } number ? ScalarText.Of(number) : null);
    }
}
