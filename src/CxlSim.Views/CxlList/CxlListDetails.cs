using CxlSim.Engine;

namespace CxlSim.Views;

/// <summary>Memdevs and regions with what they have to be asked for: the mailbox, the poison list, dax devices.</summary>
internal sealed class CxlListDetails(CxlListOptions options, ListedMachine machine, ListedMailbox mailbox, ListedPoison poison)
{
    private readonly ListedNumbers _numbers = new(options.Human);

    public async SimTask<JsonMap> DescribeAsync(ListedMemdev memdev)
    {
        JsonMap map = memdev.Describe(_numbers);
        map.Add("health", options.Health ? await MemdevHealth.DescribeAsync(mailbox, memdev.Name) : null);
        map.Add("alert_config", options.AlertConfig ? await MemdevAlerts.DescribeAsync(mailbox, memdev.Name) : null);
        memdev.DescribeRest(map, _numbers);
        map.Add("partition_info", options.Partition ? await MemdevPartitions.DescribeAsync(mailbox, memdev.Name, _numbers) : null);
        map.Add("firmware", options.Firmware ? await MemdevFirmware.DescribeAsync(mailbox, machine, memdev, _numbers) : null);
        return map.Add("media_errors", options.MediaErrors ? await poison.ListAsync(memdev, _numbers) : null);
    }

    public async SimTask<JsonMap> DescribeAsync(ListedRegion region, ListedDecoder window)
    {
        JsonMap map = region.Describe(_numbers);
        map.Add("media_errors", options.MediaErrors ? await poison.ListAsync(region, _numbers) : null);
        if (options.Targets)
        {
            RegionMembers.Describe(map, machine, region);
        }

        map.Add("daxregion", options.Dax ? ListedDax.Describe(machine, region, options.Idle, _numbers) : null);
        return map.Add("qos_class_mismatch", RegionMembers.HaveOtherQosClass(machine, region, window) ? true : null);
    }
}
