namespace CxlSim.Kernel;

/// <summary>A platform device that brings tables and host bridges of its own for cxl_acpi (<c>mock_acpi_table_parse_cedt</c> in <c>tools/testing/cxl/test/cxl.c</c>).</summary>
/// <param name="cedt">The CXL early discovery table.</param>
/// <param name="bridges">In the order in which they become dports.</param>
public sealed class CxlRootDevice(byte[] cedt, IReadOnlyList<CxlHostBridge> bridges) : CxlPlatformDevice("cxl_acpi", 0)
{
    public byte[] Cedt => cedt;

    public IReadOnlyList<CxlHostBridge> Bridges => bridges;
}
