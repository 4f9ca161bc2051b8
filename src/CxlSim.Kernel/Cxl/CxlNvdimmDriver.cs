using CxlSim.Core;
using CxlSim.Engine;
using CxlSim.Spec.Cxl;

namespace CxlSim.Kernel;

/// <summary>Takes labels and shutdown state of a memdev for the kernel (<c>cxl_nvdimm_probe</c> in <c>drivers/cxl/pmem.c</c>).</summary>
public sealed class CxlNvdimmDriver(LinuxKernel kernel) : Driver("cxl_nvdimm")
{
    private static readonly MailboxOpcode[] Claimed = [MailboxOpcode.SetShutdownState, MailboxOpcode.SetLsa];

    protected override bool HasBindAttributes => false;

    public override bool Matches(Device device) => device is CxlNvdimm;

    public override SimTask<Errno> ProbeAsync(Device device)
    {
        using FrameScope frame = kernel.Simulation.Enter("cxl_nvdimm_probe", device.Name);
        HashSet<MailboxOpcode> exclusive = ((CxlNvdimm)device).Memdev.Mailbox.Exclusive;
        exclusive.UnionWith(Claimed);
        device.OnUnbind(() =>
        {
            exclusive.ExceptWith(Claimed);
            return SimTask.CompletedTask;
        });
        return Errno.Ok;
    }
}
