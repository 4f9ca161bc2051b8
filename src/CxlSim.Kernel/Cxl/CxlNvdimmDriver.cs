using CxlSim.Core;
using CxlSim.Engine;
using CxlSim.Spec.Cxl;

namespace CxlSim.Kernel;

/// <summary>Takes labels and shutdown state of a memdev for the kernel, and makes it a dimm (<c>cxl_nvdimm_probe</c> in <c>drivers/cxl/pmem.c</c>).</summary>
public sealed class CxlNvdimmDriver(LinuxKernel kernel) : Driver("cxl_nvdimm")
{
    private static readonly MailboxOpcode[] Claimed = [MailboxOpcode.SetShutdownState, MailboxOpcode.SetLsa];

    protected override bool HasBindAttributes => false;

    public override bool Matches(Device device) => device is CxlNvdimm;

    public override async SimTask<Errno> ProbeAsync(Device device)
    {
        CxlNvdimm nvdimm = (CxlNvdimm)device;
        using FrameScope frame = kernel.Simulation.Enter("cxl_nvdimm_probe", device.Name);
        if (nvdimm.Bridge.NvdimmBus is not { } bus)
        {
            return Errno.ENXIO;
        }

        HashSet<MailboxOpcode> exclusive = nvdimm.Memdev.Mailbox.Exclusive;
        exclusive.UnionWith(Claimed);
        device.OnUnbind(() =>
        {
            exclusive.ExceptWith(Claimed);
            return SimTask.CompletedTask;
        });
        Dimm dimm = new(kernel.Nvdimm.DimmIds.Allocate(), nvdimm);
        await kernel.Nvdimm.Bus.AddAsync(dimm, bus);
        nvdimm.Dimm = dimm;
        device.OnUnbind(async () =>
        {
            nvdimm.Dimm = null;
            await kernel.Nvdimm.Bus.RemoveAsync(dimm);
            kernel.Nvdimm.DimmIds.Free(dimm.Id);
        });
        return Errno.Ok;
    }
}
