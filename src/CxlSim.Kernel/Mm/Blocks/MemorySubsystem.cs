using System.Globalization;
using CxlSim.Core;
using CxlSim.Engine;

namespace CxlSim.Kernel;

/// <summary>/sys/devices/system/memory: what concerns all blocks (<c>drivers/base/memory.c</c>).</summary>
public sealed class MemorySubsystem(KernelConfig config, MemoryHotplug memory) : KObject("memory")
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
        Attr<MemorySubsystem>.WriteOnly("probe", (s, value) => s.ProbeAsync(value), visible: s => s._config.IsEnabled("ARCH_MEMORY_PROBE")),
        Attr<MemorySubsystem>.WriteOnly("soft_offline_page", (s, value) => s.Offline(value, s._memory.Failures.SoftOffline)),
        Attr<MemorySubsystem>.WriteOnly("hard_offline_page", (s, value) => s.Offline(value, s._memory.Failures.HardOffline)),
        Attr<MemorySubsystem>.ReadOnly("crash_hotplug", _ => "0"));

    private readonly KernelConfig _config = config;
    private readonly MemoryHotplug _memory = memory;

    public override IReadOnlyList<AttributeGroup> Groups => [Attributes];

    private SimTask<Errno> ProbeAsync(string value)
    {
        Errno error = Kstrto.U64(value, out ulong address);
        return error == Errno.Ok ? _memory.ProbeAsync(new Hpa(address)) : _memory.Refuse(RefusalRules.NotANumber, error, Name, $"'{Kstrto.Trim(value)}' is no address");
    }

    /// <summary>A physical address with any base.</summary>
    private SimTask<Errno> Offline(string value, Func<Hpa, Errno> offline) => Kstrto.U64(value, out ulong address) == Errno.Ok
        ? offline(new Hpa(address))
        : _memory.Refuse(RefusalRules.NotANumber, Errno.EINVAL, Name, $"'{Kstrto.Trim(value)}' is no address");
}
