namespace CxlSim.Kernel;

/// <summary>The directory <c>mbox</c> of debugfs/cxl (<c>drivers/cxl/core/mbox.c</c>); what its switch allows is not built into the kernel.</summary>
public sealed class CxlMailboxDebug() : KObject("mbox")
{
    private static readonly AttributeGroup Attributes = new(Attr<CxlMailboxDebug>.ReadWrite(
        "raw_allow_all",
        d => d.AllowsAll ? "Y" : "N",
        (d, value) =>
        {
            if (Kstrto.Bool(value, out bool allow) == Core.Errno.Ok)
            {
                d.AllowsAll = allow;
            }

            return Core.Errno.Ok;
        }));

    public bool AllowsAll { get; private set; }

    public override IReadOnlyList<AttributeGroup> Groups => [Attributes];
}
