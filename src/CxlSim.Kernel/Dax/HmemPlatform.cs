namespace CxlSim.Kernel;

/// <summary>Stands for all ranges that wait for dax_hmem (<c>drivers/dax/hmem/device.c</c>).</summary>
public sealed class HmemPlatform() : Device("hmem_platform.0")
{
    private static readonly AttributeGroup Attributes = new(Attr<HmemPlatform>.ReadOnly("modalias", _ => "platform:hmem_platform"));

    public override IEnumerable<string> UeventLines => ["MODALIAS=platform:hmem_platform"];

    protected override IReadOnlyList<AttributeGroup> DeviceGroups => [Attributes];
}
