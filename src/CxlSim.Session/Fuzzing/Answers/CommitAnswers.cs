using CxlSim.Core;
using CxlSim.Kernel;

namespace CxlSim.Session;

/// <summary>Committing and resetting a region (<c>commit_store</c> in <c>drivers/cxl/core/region.c</c>, <c>cxl_decoder_commit</c> in <c>drivers/cxl/core/hdm.c</c>).</summary>
internal static class CommitAnswers
{
    public static FuzzAnswer Commit(FuzzMachine machine, CxlRegion region, bool commit)
    {
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

        return IsInTurn(machine, region) ? new FuzzAnswer(Errno.Ok) { Missing = () => region.State == RegionState.Commit ? null : $"{region.Name} is {region.State}" } : Errno.EBUSY;
    }

    /// <summary>Each decoder that is not committed has to be the next one of its port.</summary>
    private static bool IsInTurn(FuzzMachine machine, CxlRegion region)
    {
        foreach (CxlPort port in region.Targets.OfType<CxlEndpointDecoder>().SelectMany(member => member.Port.UpToRoot()).Distinct())
        {
            CxlDecoder decoder = port.Regions.First(reference => reference.Region == region).Decoder;
            bool isHardware = decoder is not CxlSwitchDecoder { IsPassthrough: true };
            string committed = machine.Show($"/sys/bus/cxl/devices/{port.Name}/decoders_committed");
            if (isHardware && !decoder.IsEnabled && committed != FuzzPlatform.Text(decoder.Id))
            {
                return false;
            }
        }

        return true;
    }
}
