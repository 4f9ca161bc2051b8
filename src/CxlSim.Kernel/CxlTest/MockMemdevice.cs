using CxlSim.Core;
using CxlSim.Spec.CxlTest;

namespace CxlSim.Kernel;

/// <summary>A memory device of the mock platform, cxl_mem.N or the CXL 1.1 device cxl_rcd.N (<c>tools/testing/cxl/test/mem.c</c>).</summary>
public sealed class MockMemdevice : CxlPlatformDevice
{
    public MockMemdevice(int id)
        : base(id == MockLayout.RestrictedMemdev ? "cxl_rcd" : "cxl_mem", id)
    {
        const uint latency = 500;
        const uint bandwidth = 1000;
        Components = MockLayout.MemdevComponents(id);
        IsRestricted = id == MockLayout.RestrictedMemdev;
        NumaNode = id % 2;
        Speed = new AccessCoordinates(latency, latency, bandwidth, bandwidth);
        QosClass = MockCedt.QtgId;
    }

    /// <summary>Its device registers.</summary>
    public Hpa Registers => MockLayout.MemdevRegisters(Id);

    /// <summary>PCIe devices have one of their own; here it must only not be 0.</summary>
    public ulong Serial => (ulong)Id + 1;
}
