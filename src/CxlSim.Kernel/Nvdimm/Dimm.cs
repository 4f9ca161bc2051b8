using System.Globalization;

namespace CxlSim.Kernel;

/// <summary>A device as libnvdimm names it, <c>nmemN</c> (<c>drivers/nvdimm/dimm_devs.c</c>, struct nvdimm).</summary>
/// <param name="id">N.</param>
/// <param name="provider">What stands behind it.</param>
/// <param name="provided">Attributes that the provider's driver adds.</param>
/// <param name="security">The provider's.</param>
public sealed class Dimm(int id, Device provider, AttributeGroup provided, IDimmSecurity security) : Device("nmem" + id.ToString(CultureInfo.InvariantCulture))
{
    private static readonly AttributeGroup Attributes = new(
        Attr<Dimm>.ReadOnly("devtype", d => d.DeviceType!),
        Attr<Dimm>.ReadWrite("security", d => d.Security.StateText, (d, value) => DimmSecurity.StoreAsync(d.Security, value), d => d.Security.IsKnown),
        Attr<Dimm>.ReadOnly("frozen", d => d.Security.IsFrozen ? "1" : "0", visible: d => d.Security.IsKnown));

    public int Id => id;

    public Device Provider => provider;

    public IDimmSecurity Security => security;

    public override string DeviceType => "nvdimm";

    protected override IReadOnlyList<AttributeGroup> DeviceGroups => [Attributes, provided];
}
