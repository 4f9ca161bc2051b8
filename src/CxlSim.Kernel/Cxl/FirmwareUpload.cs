namespace CxlSim.Kernel;

/// <summary>The device by which user space would upload firmware (<c>drivers/base/firmware_loader/sysfs_upload.c</c>); always idle.</summary>
public sealed class FirmwareUpload(string name) : Device(name)
{
    private static readonly AttributeGroup Attributes = new(
        Attr<FirmwareUpload>.ReadOnly("status", _ => "idle"),
        Attr<FirmwareUpload>.ReadOnly("remaining_size", _ => "0"),
        Attr<FirmwareUpload>.ReadOnly("error", _ => string.Empty));

    protected override IReadOnlyList<AttributeGroup> DeviceGroups => [Attributes];
}
