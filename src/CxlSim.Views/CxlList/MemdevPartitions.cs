using CxlSim.Core;
using CxlSim.Engine;
using CxlSim.Spec.Cxl;

namespace CxlSim.Views;

/// <summary>What <c>cxl list -I</c> shows: capacities from Identify, and from Get Partition Info where a device can be partitioned.</summary>
internal static class MemdevPartitions
{
    private static readonly string[] Partitions = ["active_volatile_size", "active_persistent_size", "next_volatile_size", "next_persistent_size"];

    public static async SimTask<JsonMap?> DescribeAsync(ListedMailbox mailbox, string memdev, ListedNumbers numbers)
    {
        if (await mailbox.AskAsync(memdev, MailboxOpcode.Identify) is not { } payload || !BinaryLayout.TryRead(payload, out IdentifyMemoryDevice identity))
        {
            return null;
        }

        JsonMap map = new JsonMap()
            .Add("total_size", Size(identity.TotalCapacity))
            .Add("volatile_only_size", Size(identity.VolatileCapacity))
            .Add("persistent_only_size", Size(identity.PersistentCapacity))
            .Add("partition_alignment_size", Size(identity.PartitionAlignment));
        if (identity.PartitionAlignment == 0 || await mailbox.AskAsync(memdev, MailboxOpcode.GetPartitionInfo) is not { } partitions)
        {
            return map;
        }

        foreach ((int index, string name) in Partitions.Index())
        {
            map.Add(name, Size(BitConverter.ToUInt64(partitions, index * sizeof(ulong))));
        }

        return map;

        object Size(ulong units) => numbers.Size(unchecked(units * IdentifyMemoryDevice.CapacityUnit.Bytes)); // a device may say what it likes
    }
}
