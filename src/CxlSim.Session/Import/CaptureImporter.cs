using CxlSim.Core;
using CxlSim.Platform;
using CxlSim.Platform.Reading;
using CxlSim.Platform.Writing;
using CxlSim.Spec.Acpi;

namespace CxlSim.Session;

/// <summary>Makes a platform of a capture of a real machine: one that boots to the same objects, as far as the capture tells and a platform file can say.</summary>
public static class CaptureImporter
{
    /// <summary>What everything takes its defaults from.</summary>
    private const string UsualMachine = "host_bridges: [{uid: 0, bus: 0x10, root_ports: [{type3: {volatile: 256MiB}}]}]";

    /// <summary>Entries that overlap, too little memory below 4 GiB, no room for tables: docs/DIAGNOSTICS.md.</summary>
    private static readonly string[] MemoryMapFaults = ["CXP0028", "CXP0036", "CXP0038"];

    private static readonly ByteSize ComponentRegisters = new(CedtChbs.ComponentLength);

    /// <param name="capture">Whatever its files hold, the answer is a platform or an error, never an exception.</param>
    /// <param name="name">The platform's name: letters, digits and _ . : -; other characters become -.</param>
    public static ImportResult Import(CapturedMachine capture, string name)
    {
        ImportSources sources = new(capture);
        ImportFindings findings = capture.Findings;
        if (!sources.HasCxl)
        {
            findings.Error(Cxi.Nothing, "found neither a CEDT nor a CXL memory device; expected ACPI tables, what 'lspci -vvv' or 'cxl list' prints, or a copy of /sys");
            return new ImportResult(null, string.Empty, findings.Diagnostics);
        }

        Contradictions.Report(sources);
        PlatformDescription platform = Assemble(sources, name, useMemoryMap: true);
        PlatformReadResult read = PlatformReader.ReadText(PlatformWriter.Write(platform), name);
        if (read.Diagnostics.Any(diagnostic => MemoryMapFaults.Contains(diagnostic.Id)))
        {
            findings.NotExpressed("the memory map has no room for a kernel or for ACPI tables below 4 GiB; one that fits the DRAM is written");
            platform = Assemble(sources, name, useMemoryMap: false);
            read = PlatformReader.ReadText(PlatformWriter.Write(platform), name);
        }

        if (read.Platform is null)
        {
            foreach (Diagnostic diagnostic in read.Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error))
            {
                findings.Error(Cxi.Refused, $"what the capture describes is no legal platform: {diagnostic.Id}: {diagnostic.Message}");
            }

            return new ImportResult(null, string.Empty, findings.Diagnostics);
        }

        return new ImportResult(read.Platform, PlatformWriter.Write(platform, Comments(findings)), findings.Diagnostics);
    }

    private static PlatformDescription Assemble(ImportSources sources, string name, bool useMemoryMap)
    {
        PlatformDescription usual = PlatformReader.ReadText(UsualMachine, "capture").Platform ?? throw new SimulatorBugException("a legal usual machine");
        WindowAssembler windowAssembler = new(sources);
        IReadOnlyList<WindowDescription> windows = windowAssembler.Windows();
        BridgeFinder finder = new(sources, windows.Select(window => window.Range));
        IReadOnlyList<BridgeDraft> drafts = finder.Find();
        AddressRange[] apart = [.. windows.Select(window => window.Range), .. drafts.Select(draft => draft.Registers).OfType<Hpa>().Select(place => AddressRange.Of(place, ComponentRegisters))];
        MemoryDescription memory = new MemoryAssembler(sources, useMemoryMap).Memory(apart);
        DeviceAssembler devices = new(sources, (Type3Description)usual.HostBridges[0].RootPorts[0].Child!);
        BridgeAssembler bridgeAssembler = new(sources, new PortAssembler(sources, devices), devices);
        IReadOnlyList<HostBridgeDescription> bridges = bridgeAssembler.Bridges(drafts, [.. apart, .. memory.Nodes.SelectMany(node => node.Ranges)]);
        bridgeAssembler.ReportHomeless();
        RegionAssembler regions = new(sources, devices.Placed);
        windows = regions.Assemble(windows, memory.Efi, bridges);
        ReportUnlearnable(sources, devices.Placed.Count);
        return new PlatformDescription
        {
            Name = PlatformName.Near(name, "x"),
            File = name,
            Kernel = KernelAssembler.Kernel(sources, usual.Kernel),
            Memory = memory with
            {
                // What firmware programs it lists itself.
                Efi = [.. memory.Efi.Where(entry => !windows.Any(window => window.EfiMap != WindowEfiMap.None && window.Range.Overlaps(entry.Range)))],
            },
            HostBridges = bridges,
            Windows = windows,
            Firmware = FirmwareAssembler.Firmware(sources, usual.Firmware, regions.Decoders, [.. windowAssembler.Raw, .. finder.Raw]),
            Timing = usual.Timing,
            Steps = regions.Steps,
        };
    }

    private static void ReportUnlearnable(ImportSources sources, int devices)
    {
        if (devices > 0)
        {
            sources.Findings.NotLearnt($"what {(devices == 1 ? "the device says of its own speed (CDAT) is" : $"the {devices} devices say of their own speed (CDAT) is")} in no capture; the default is written");
        }

        sources.Findings.NotLearnt("how long hardware and firmware take is in no capture; the defaults hold");
    }

    private static PlatformComments Comments(ImportFindings findings)
    {
        PlatformComments comments = new();
        comments.Head.Add($"Imported from {findings.Capture.File} by 'cxlsim import'.");
        foreach (Diagnostic diagnostic in findings.Diagnostics)
        {
            string place = diagnostic.Location == findings.Capture ? "" : $"{Path.GetFileName(diagnostic.Location.File)}:{diagnostic.Location.Line}: ";
            comments.Head.Add($"{diagnostic.Id} {place}{diagnostic.Message}");
        }

        comments.Head.Add("");
        return comments;
    }
}
