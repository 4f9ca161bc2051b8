namespace CxlSim.Spec.Cxl;

/// <summary>The root complex register block of a CXL 1.1 link: two blocks laid out like configuration space (CXL r3.1 8.2.1).</summary>
public static class RcrbRegisters
{
    public const int Size = 0x2000;
    public const int DownstreamPort = 0;
    public const int UpstreamPort = 0x1000;
}
