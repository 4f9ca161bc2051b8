using CxlSim.Core;
using CxlSim.Engine;

namespace CxlSim.Kernel;

/// <summary>Makes a DAX region of a soft-reserved range (<c>drivers/dax/hmem/hmem.c</c>, dax_hmem_probe).</summary>
public sealed class HmemDriver(DaxBus bus, ParameterValues parameters) : Driver("hmem")
{
    public override bool Matches(Device device) => device is HmemDevice;

    public override async SimTask<Errno> ProbeAsync(Device device)
    {
        HmemDevice hmem = (HmemDevice)device;
        using FrameScope frame = bus.Core.Simulation.Enter("dax_hmem_probe", hmem.Name);
        bus.Core.Milestone("DaxProbe", hmem.Name);
        if (!hmem.Range.Start.IsAligned(DaxRegion.Alignment) || !hmem.Range.Size.IsMultipleOf(DaxRegion.Alignment))
        {
            bus.Core.Findings.Report(KernelRules.HmemAlignment, new AddressPlace(hmem.Range), $"a soft-reserved range of {hmem.Range}");
            return Errno.ENOMEM;
        }

        bool idle = parameters["region_idle"] == "Y"; // then nothing is handed out, and it is not meant to become memory
        DaxRegion region = new(bus, hmem, hmem.Id, hmem.Range, hmem.TargetNode) { IsForKmem = !idle, NumaNode = hmem.NumaNode };
        if (region.Claim() is var error and not Errno.Ok)
        {
            return error;
        }

        hmem.DaxRegion = region;
        hmem.OnUnbind(async () =>
        {
            await region.RemoveAsync();
            hmem.DaxRegion = null;
        });
        await region.AddDeviceAsync(idle ? ByteSize.Zero : hmem.Range.Size, memmapOnMemory: false);
        return Errno.Ok;
    }
}
