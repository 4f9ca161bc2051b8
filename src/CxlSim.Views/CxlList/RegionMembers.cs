namespace CxlSim.Views;

/// <summary>What <c>cxl list</c> says of a region by its members.</summary>
internal static class RegionMembers
{
    /// <summary>The members, for -T.</summary>
    public static void Describe(JsonMap map, ListedMachine machine, ListedRegion region)
    {
        if (region.Ways is null or 0)
        {
            return;
        }

        map.Add("mappings", machine.MembersOf(region).Select(member => (object)new JsonMap()
            .Add("position", member.Position)
            .Add("memdev", machine.MemdevOf(member.Endpoint)?.Name)
            .Add("decoder", member.Decoder.Name)).ToList());
    }

    /// <summary>Whether a member is of another class than the window.</summary>
    public static bool HaveOtherQosClass(ListedMachine machine, ListedRegion region, ListedDecoder window) => machine.MembersOf(region)
        .Select(member => machine.MemdevOf(member.Endpoint))
        .OfType<ListedMemdev>()
        .Any(memdev => region.Type switch
        {
            "ram" => ListedQos.Of(memdev.RamQosClass) != ListedQos.Of(window.QosClass),
            "pmem" => ListedQos.Of(memdev.PmemQosClass) != ListedQos.Of(window.QosClass),
            _ => false,
        });
}
