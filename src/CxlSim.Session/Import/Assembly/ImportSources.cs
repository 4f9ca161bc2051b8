namespace CxlSim.Session;

/// <summary>All that the files of a capture say, each kind from the files that say it.</summary>
internal sealed class ImportSources
{
    public ImportSources(CapturedMachine capture)
    {
        Capture = capture;
        Findings = capture.Findings;
        Tables = new CapturedTables(capture);
        Cedt = Tables.Find("CEDT") is { } cedt ? CedtFacts.Read(cedt, Findings) : null;
        Srat = Tables.Find("SRAT") is { } srat ? new SratFacts(srat, Findings) : null;
        Namespace = NamespaceScan.Bridges(Tables.Namespace());
        Iomem = capture.First(CaptureKind.Iomem) is { } iomem ? new IomemFacts(iomem, Findings) : null;
        Log = new KernelLogFacts(capture.First(CaptureKind.KernelLog));
        SysfsFacts sysfs = new(capture);
        SysfsReader.ReadPci(sysfs, Pci);
        foreach (CaptureFile file in capture.All(CaptureKind.PciList))
        {
            LspciReader.Read(file, Pci, Findings);
        }

        SysfsReader.ReadCxl(sysfs, Cxl, Pci);
        foreach (CaptureFile file in capture.All(CaptureKind.CxlList))
        {
            CxlListReader.Read(file, Cxl, Pci, Findings);
        }
    }

    public CapturedMachine Capture { get; }

    public ImportFindings Findings { get; }

    public CapturedTables Tables { get; }

    public CedtFacts? Cedt { get; }

    public SratFacts? Srat { get; }

    public IReadOnlyList<NamespaceBridge> Namespace { get; }

    public IomemFacts? Iomem { get; }

    public KernelLogFacts Log { get; }

    public PciInventory Pci { get; } = new();

    public CxlFacts Cxl { get; } = new();

    /// <summary>There is something of CXL in the capture.</summary>
    public bool HasCxl => Cedt is not null || Cxl.Memdevs.Count > 0 || Pci.All.Any(function => function.IsMemoryDevice);
}
