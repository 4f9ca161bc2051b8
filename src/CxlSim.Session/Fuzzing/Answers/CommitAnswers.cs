using CxlSim.Core;
using CxlSim.Kernel;

namespace CxlSim.Session;

/// <summary>Committing and resetting a region (<c>commit_store</c> in <c>drivers/cxl/core/region.c</c>, <c>cxl_decoder_commit</c> in <c>drivers/cxl/core/hdm.c</c>).</summary>
internal static class CommitAnswers
{
    public static FuzzAnswer Commit(FuzzMachine machine, CxlRegion region, bool commit)
    {
        if (!commit && machine.KeepsLocked(region))
        {
            return Errno.EPERM;
        }

        if (!commit)
        {
            RegionState before = region.State;
            return new FuzzAnswer(Errno.Ok) { Missing = () => region.State == (before >= RegionState.Commit ? RegionState.Active : before) ? null : $"{region.Name} is {region.State}" };
        }

        if (region.State >= RegionState.Commit)
        {
            return Errno.Ok;
        }

        if (region.State < RegionState.Active)
        {
            return Errno.ENXIO;
        }

        Errno error = Refusal(machine, region);
        return error != Errno.Ok ? error : new FuzzAnswer(Errno.Ok) { Missing = () => region.State == RegionState.Commit ? null : $"{region.Name} is {region.State}" };
    }

    /// <summary>Each decoder that is not committed has to be the next one of its port, and hardware wants it above those that are.</summary>
    private static Errno Refusal(FuzzMachine machine, CxlRegion region)
    {
        foreach ((CxlPort port, string unit) in region.Targets.OfType<CxlEndpointDecoder>().SelectMany(machine.PortsOf).Distinct())
        {
            CxlDecoder decoder = port.Regions.First(reference => reference.Region == region).Decoder;
            if (decoder is CxlSwitchDecoder { IsPassthrough: true } || decoder.IsEnabled)
            {
                continue;
            }

            if (machine.Show($"/sys/bus/cxl/devices/{port.Name}/decoders_committed") != FuzzNode.Number(decoder.Id))
            {
                return Errno.EBUSY;
            }

            if ((machine.DecodersOf(unit) ?? []).Any(below => below.Number < decoder.Id && (!below.IsCommitted || below.Base + below.Size > region.Resource!.Range.Start.Value)))
            {
                return Errno.EIO;
            }
        }

        return Errno.Ok;
    }
}
