using System.Globalization;
using CxlSim.Core;
using CxlSim.Engine;
using CxlSim.Spec.Cxl;

namespace CxlSim.Kernel;

/// <summary>Takes labels and shutdown state of a memdev for the core, and makes it a dimm (<c>cxl_nvdimm_probe</c> in <c>drivers/cxl/pmem.c</c>).</summary>
public sealed class CxlNvdimmDriver(KernelCore core, NvdimmCore libnvdimm) : Driver("cxl_nvdimm")
{
    private static readonly MailboxOpcode[] Claimed = [MailboxOpcode.SetShutdownState, MailboxOpcode.SetLsa];

    /// <summary>What the driver adds to the dimm.</summary>
    private static readonly AttributeGroup DimmAttributes = new(
        "cxl",
        [
            Attr<Dimm>.ReadOnly("id", d => unchecked((long)Of(d).Memdev.Serial).ToString(CultureInfo.InvariantCulture)), // shown as %lld
            Attr<Dimm>.ReadOnly("provider", d => d.Provider.Name),
            Attr<Dimm>.ReadOnly("dirty_shutdown", d => Of(d).DirtyShutdowns!.Value.ToString(CultureInfo.InvariantCulture), visible: d => Of(d).DirtyShutdowns is not null),
        ]);

    protected override bool HasBindAttributes => false;

    public override bool Matches(Device device) => device is CxlNvdimm;

    public override async SimTask<Errno> ProbeAsync(Device device)
    {
        CxlNvdimm nvdimm = (CxlNvdimm)device;
        using FrameScope frame = core.Simulation.Enter("cxl_nvdimm_probe", device.Name);
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
        await TrackShutdownsAsync(nvdimm);
        CxlDimmSecurity security = new(core.Log, nvdimm.Memdev);
        Dimm dimm = new(libnvdimm.DimmIds.Allocate(), nvdimm, DimmAttributes, security);
        await security.RefreshAsync();
        await libnvdimm.Bus.AddAsync(dimm, bus);
        nvdimm.Dimm = dimm;
        device.OnUnbind(async () =>
        {
            nvdimm.Dimm = null;
            await libnvdimm.Bus.RemoveAsync(dimm);
            libnvdimm.DimmIds.Free(dimm.Id);
        });
        return Errno.Ok;
    }

    private static CxlNvdimm Of(Dimm dimm) => (CxlNvdimm)dimm.Provider;

    /// <summary>The device counts a loss of power from now on as a dirty shutdown; what it counted before is shown (<c>cxl_nvdimm_arm_dirty_shutdown_tracking</c>).</summary>
    private async SimTask TrackShutdownsAsync(CxlNvdimm nvdimm)
    {
        if (!core.Config.Has(KernelChange.DirtyShutdownCount))
        {
            return;
        }

        CxlMailbox mailbox = nvdimm.Memdev.Mailbox;
        (Errno error, byte[] answer) = await mailbox.SendAsync(MailboxOpcode.GetHealthInfo, []);
        if (error != Errno.Ok || !BinaryLayout.TryRead(answer, out HealthInfo health))
        {
            core.Log.Debug(nvdimm, "the device does not count dirty shutdowns");
            return;
        }

        (error, _) = await mailbox.SendAsync(MailboxOpcode.SetShutdownState, [1]);
        if (error != Errno.Ok)
        {
            core.Log.Debug(nvdimm, "the device does not track its shutdown");
            return;
        }

        nvdimm.DirtyShutdowns = health.DirtyShutdowns;
    }
}
