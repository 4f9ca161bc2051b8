namespace CxlSim.Architecture.Tests;

/// <summary>Classes that know each other, because none of them means anything without the others. All other files have an order.</summary>
internal static class Knots
{
    /// <summary>The first class gives its name to the knot.</summary>
    private static readonly string[][] All =
    [
        // The loop runs threads, and threads wait for the loop.
        ["Simulation", "SimThread", "DelayAwaiter", "FrameScope", "Request", "Inbox"],

        // As the compiler wants them.
        ["SimTask", "SimTaskAwaiter", "SimTaskMethodBuilder"],

        // An access knows its route, a route its stations, and stations the accesses that come to them.
        ["MemoryFabric", "FabricAccess", "MemoryRoute", "FabricLink", "LinkQueue", "MessageChannel", "RouteStep", "MemoryStation", "HostStation", "IAccessWatch"],

        // Below, objects that know each other in Linux.
        ["KObject", "KAttribute", "AttributeGroup"],
        ["Bus", "Driver", "Device", "DeferredProbes", "KernelCore"],
        ["Numa", "NumaNode", "NodeOrder", "NumaMemblks", "Cpu", "CpuSubsystem", "NodeMeminfo", "Vmstat"],
        ["PageAllocator", "Reclaim", "PageMigration"],
        ["MemoryHotplug", "MemoryBlock", "MemorySubsystem", "MemoryFailure"],
        ["DaxRegion", "DevDax", "IDaxRegionOwner", "DaxDriver", "KmemDriver", "KmemMemory", "KmemState", "NearestDax"],
        ["PciBus", "PciDevice", "PciHostBridge", "PciScanPhase", "BarAssignment", "PciReset", "PciSavedState", "Interrupts"],
        [
            "CxlCore", "CxlPort", "CxlDport", "CxlDecoder", "CxlRootDecoder", "CxlSwitchDecoder", "CxlEndpointDecoder", "DecoderCommit", "DpaAllocator", "NearestDpa", "NearestPort",
            "CxlMemdev", "CxlMailbox", "CxlEvents", "CxlPoison", "CxlSecurity", "CxlNvdimm",
            "CxlRegion", "CxlRegionRef", "MemberOrder", "NearestRegion", "NearestMember", "NearestInterleave", "CxlPmemRegion", "PmemMapping",
        ],
    ];

    /// <summary>All classes that are in one.</summary>
    public static IEnumerable<string> Classes => All.SelectMany(knot => knot);

    /// <summary>The knot of a class; for most its own name.</summary>
    public static string Of(string name) => All.FirstOrDefault(knot => knot.Contains(name))?[0] ?? name;
}
