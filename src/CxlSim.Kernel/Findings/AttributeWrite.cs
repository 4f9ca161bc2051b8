namespace CxlSim.Kernel;

/// <summary>One write(2) to an attribute.</summary>
/// <param name="Path">From the root: <c>/sys/bus/cxl/devices/region0/size</c>.</param>
/// <param name="Value">Without the newline at its end.</param>
public sealed record AttributeWrite(string Path, string Value)
{
    /// <summary>To an attribute of a device on the cxl bus.</summary>
    public static AttributeWrite Cxl(string device, string attribute, string value) => new($"/sys/bus/cxl/devices/{device}/{attribute}", value);
}
