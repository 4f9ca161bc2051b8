using System.Globalization;
using CxlSim.Core;

namespace CxlSim.Kernel;

/// <summary>/sys/devices/system/memory: what concerns all blocks.</summary>
public sealed class MemorySubsystem(MemoryHotplug memory) : KObject("memory")
{
    private static readonly AttributeGroup Attributes = new(
        Attr<MemorySubsystem>.ReadOnly("block_size_bytes", s => s._memory.BlockSize.Bytes.ToString("x", CultureInfo.InvariantCulture)),
        Attr<MemorySubsystem>.ReadWrite("auto_online_blocks", s => OnlineTypes.Word(s._memory.DefaultOnline), (s, value) =>
        {
            if (!OnlineTypes.TryParse(Kstrto.Trim(value), out OnlineType type))
            {
                return s._memory.Refuse(RefusalRules.OnlineWord, Errno.EINVAL, s.Name, $"'{Kstrto.Trim(value)}' is no policy", new NearestChange("write offline, online, online_kernel or online_movable"));
            }

            s._memory.DefaultOnline = type;
            return Errno.Ok;
        }),
        Attr<MemorySubsystem>.ReadOnly("crash_hotplug", _ => "0"));

    private readonly MemoryHotplug _memory = memory;

    public override IReadOnlyList<AttributeGroup> Groups => [Attributes];
}
