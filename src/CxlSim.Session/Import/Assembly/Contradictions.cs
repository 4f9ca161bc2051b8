using CxlSim.Core;

namespace CxlSim.Session;

/// <summary>Reports where what Linux showed and what tables and registers say do not fit together: the files may be of two machines, or of two moments.</summary>
internal static class Contradictions
{
    public static void Report(ImportSources sources)
    {
        foreach (PciFacts function in sources.Pci.All.Where(function => function.IsMemoryDevice))
        {
            if (function.Serial is { } read && sources.Cxl.Memdevs.TryGetValue(function.Address, out MemdevFacts? memdev) && memdev.Serial is { } shown && shown != read)
            {
                Warn(sources, $"the serial number of {function.Address} is 0x{shown:x} where Linux shows it and 0x{read:x} in its configuration space; the first is written");
            }
        }

        foreach (NamespaceBridge bridge in sources.Namespace.Where(bridge => bridge is { IsCxl: true, Uid: not null, Bus: not null }))
        {
            if (sources.Cxl.Bridges.TryGetValue(bridge.Uid!.Value, out (ushort Segment, byte Bus) shown) && shown != (bridge.Segment, bridge.Bus!.Value))
            {
                Warn(sources, $"the CXL host bridge {bridge.Uid} has bus 0x{bridge.Bus:x2} in the namespace and 0x{shown.Bus:x2} where Linux shows it; the first is written");
            }
        }

        foreach ((string decoder, WindowFacts window) in sources.Cedt is null ? [] : sources.Cxl.Windows.AsEnumerable())
        {
            bool isKnown = window.Start is null || sources.Cedt!.Windows.Exists(record => record.Record.BaseHpa == window.Start && record.Record.WindowSize == (window.Size ?? record.Record.WindowSize));
            if (!isKnown)
            {
                Warn(sources, $"{decoder} has 0x{window.Size:x} bytes at {new Hpa(window.Start!.Value)}, and the CEDT has no such window; windows are written as the CEDT has them");
            }
        }
    }

    private static void Warn(ImportSources sources, string message) => sources.Findings.Warn(Cxi.Contradiction, sources.Findings.Capture, message);
}
