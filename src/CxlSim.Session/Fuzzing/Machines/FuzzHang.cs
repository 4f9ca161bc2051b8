namespace CxlSim.Session;

/// <summary>A machine took more events than any boot or step needs.</summary>
internal sealed class FuzzHang() : Exception("the machine does not come to rest")
{
}
