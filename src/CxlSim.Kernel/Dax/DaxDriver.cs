using System.Globalization;
using CxlSim.Core;
using CxlSim.Engine;

namespace CxlSim.Kernel;

/// <summary>A driver of the dax bus, with its list of names (<c>drivers/dax/bus.c</c>, struct dax_device_driver).</summary>
/// <param name="refusals">Takes why it refuses.</param>
/// <param name="name">Its name.</param>
public abstract class DaxDriver(KernelRefusals refusals, string name) : Driver(name)
{
    private static readonly AttributeGroup IdAttributes = new(
        Attr<DaxDriver>.WriteOnly("new_id", (driver, value) => driver.StoreNewIdAsync(Kstrto.Trim(value))),
        Attr<DaxDriver>.WriteOnly("remove_id", (driver, value) => driver.StoreRemoveId(Kstrto.Trim(value))));

    private readonly HashSet<string> _ids = [];

    public override IReadOnlyList<AttributeGroup> Groups => [.. base.Groups, IdAttributes];

    /// <summary>By type, or by name (<c>dax_match_type</c>, <c>dax_match_id</c>).</summary>
    public override bool Matches(Device device) => device is DevDax dax && (MatchesType(dax) || _ids.Contains(dax.Name));

    public override async SimTask<Errno> ProbeAsync(Device device)
    {
        DevDax dax = (DevDax)device;
        using FrameScope frame = Enter(dax);
        if (dax.Size.IsZero)
        {
            return dax.Refuse(RefusalRules.DaxEmpty, Errno.ENXIO, $"{dax.Name} has no range", new NearestChange($"write a size to {dax.Name} first"), ("size", 0));
        }

        Errno error = await ProbeAsync(dax);
        if (error == Errno.Ok)
        {
            dax.Region.ForgetSeed(dax);
        }

        return error;
    }

    internal override NearestChange? NearestMatch(Device device) => device is DevDax dax ? NearestDax.NewId(dax, this) : null;

    /// <summary>Whether devices of this kind go to it by themselves.</summary>
    protected abstract bool MatchesType(DevDax dax);

    protected abstract FrameScope Enter(DevDax dax);

    protected abstract SimTask<Errno> ProbeAsync(DevDax dax);

    /// <summary>Both numbers as they would be printed: no leading zeros, no sign but a minus.</summary>
    private static bool IsName(string text)
    {
        string[] numbers = text.StartsWith("dax", StringComparison.Ordinal) ? text[3..].Split('.') : [];
        return numbers.Length == 2 && numbers.All(number =>
            int.TryParse(number, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value) && value.ToString(CultureInfo.InvariantCulture) == number);
    }

    private Errno RefuseName(string value) => refusals.Report(RefusalRules.DaxName, Errno.EINVAL, Name, $"'{value}' is not of the form daxN.M");

    /// <summary>The name joins the list, and every unbound device that matches is tried at once.</summary>
    private async SimTask<Errno> StoreNewIdAsync(string value)
    {
        if (!IsName(value))
        {
            return RefuseName(value);
        }

        _ids.Add(value);
        await Bus!.AttachAsync(this);
        return Errno.Ok;
    }

    private Errno StoreRemoveId(string value)
    {
        if (!IsName(value))
        {
            return RefuseName(value);
        }

        _ids.Remove(value);
        return Errno.Ok;
    }
}
