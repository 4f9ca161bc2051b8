namespace CxlSim.Kernel;

/// <summary>A host bridge, root port or switch port of the mock platform (<c>tools/testing/cxl/test/cxl.c</c>).</summary>
/// <param name="kind">Its name without the instance.</param>
/// <param name="id">Instance; of a downstream port its port number too.</param>
public sealed class MockPort(string kind, int id) : CxlPlatformDevice(kind, id);
