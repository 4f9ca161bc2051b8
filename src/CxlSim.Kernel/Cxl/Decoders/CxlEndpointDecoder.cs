using CxlSim.Core;
using CxlSim.Engine;
using CxlSim.Spec.Cxl;

namespace CxlSim.Kernel;

/// <summary>A decoder of a device (<c>struct cxl_endpoint_decoder</c>).</summary>
public sealed class CxlEndpointDecoder(CxlCore cxl, CxlPort endpoint, int id) : CxlDecoder(endpoint, id)
{
    private static readonly AttributeGroup Attributes = new(
        Attr<CxlEndpointDecoder>.ReadOnly("target_type", d => d.TargetType),
        Attr<CxlEndpointDecoder>.ReadOnly("region", d => d.Region?.Name ?? string.Empty),
        Attr<CxlEndpointDecoder>.ReadWrite("mode", d => DecoderModes.Word(d.Mode), (d, value) => d.StoreModeAsync(Kstrto.Trim(value))),
        Attr<CxlEndpointDecoder>.ReadWrite("dpa_size", d => $"0x{d.Dpa?.Size.Bytes ?? 0:x16}", (d, value) => d.StoreDpaSizeAsync(value)),
        Attr<CxlEndpointDecoder>.ReadOnly("dpa_resource", d => $"0x{d.Dpa?.Start.Value ?? ulong.MaxValue:x}"));

    public CxlMemdev Memdev => (CxlMemdev)Port.Uport;

    public DecoderMode Mode { get; set; }

    /// <summary>The capacity that it maps; null while it maps none.</summary>
    public DpaAllocation? Dpa { get; set; }

    /// <summary>Found committed at boot, not made by a user.</summary>
    public bool IsAuto { get; set; }

    /// <summary>It stands for a range of the device's DVSEC, which nobody programs.</summary>
    public bool IsOfDvsec { get; init; }

    /// <summary>Its place in a region's interleave; −1 without one.</summary>
    public int Position { get; set; } = -1;

    /// <summary>Its region, or the one of firmware that lists it without having it: it awaits others, or could not be put together.</summary>
    public CxlRegion? ListedIn => Region ?? cxl.Bus.Devices.OfType<CxlRegion>().FirstOrDefault(region => region.IsAuto && region.Targets.Contains(this));

    /// <summary>Whether a byte of the device is among what it holds.</summary>
    public bool Maps(Dpa address) => Dpa is { } taken && address >= taken.Start && address < taken.Start + taken.Size;

    public override string DeviceType => "cxl_decoder_endpoint";

    protected override IReadOnlyList<AttributeGroup> DecoderGroups => [Attributes];

    private async SimTask<Errno> StoreModeAsync(string word)
    {
        DecoderMode mode = DecoderModes.Parse(word);
        if (mode == DecoderMode.None)
        {
            return cxl.Core.Refusals.Report(RefusalRules.ModeUnknown, Errno.EINVAL, Name, $"'{word}' is neither ram nor pmem", NearestDpa.Mode(this), ("mode", word));
        }

        using SimMutex.Holder holder = await cxl.RegionLock.LockAsync();
        if (IsEnabled)
        {
            return cxl.Core.Refusals.Report(
                RefusalRules.ModeEnabled, Errno.EBUSY, Name, $"{Name} is committed", NearestDpa.ModeAfterReset(this, mode), ("mode", DecoderModes.Word(Mode)), ("region", Region?.Name ?? "none"));
        }

        if (Memdev.Partitions.Of(mode).IsZero)
        {
            string reason = $"no available {word} capacity";
            bool isList = cxl.Core.Config.Has(KernelChange.PartitionsInOrder);
            cxl.Core.Log.Debug(this, isList ? $"unsupported mode: {DecoderModes.PartitionNumber(mode)}" : reason);
            return cxl.Core.Refusals.Report(
                RefusalRules.ModeCapacity, isList ? Errno.EINVAL : Errno.ENXIO, Name, reason, NearestDpa.Mode(this),
                ("ram", Memdev.Partitions.Ram.ToString()), ("pmem", Memdev.Partitions.Pmem.ToString()));
        }

        Mode = mode;
        return Errno.Ok;
    }

    /// <summary>Whatever it holds is freed first, then the new size is taken (<c>dpa_size_store</c>).</summary>
    private async SimTask<Errno> StoreDpaSizeAsync(string value)
    {
        using FrameScope frame = cxl.Core.Simulation.Enter("dpa_size_store", Name);
        Errno error = Kstrto.U64(value, out ulong size);
        if (error != Errno.Ok)
        {
            return error;
        }

        if (!new ByteSize(size).IsMultipleOf(IdentifyMemoryDevice.CapacityUnit))
        {
            return cxl.Core.Refusals.Report(
                RefusalRules.DpaUnit, Errno.EINVAL, Name, $"0x{size:x} is not a multiple of {IdentifyMemoryDevice.CapacityUnit}", NearestDpa.Size(this, new ByteSize(size)),
                ("size", $"0x{size:x}"), ("unit", IdentifyMemoryDevice.CapacityUnit.ToString()));
        }

        using SimMutex.Holder holder = await cxl.RegionLock.LockAsync();
        error = DpaAllocator.Free(cxl.Core, this, new ByteSize(size));
        return error != Errno.Ok || size == 0 ? error : DpaAllocator.Allocate(cxl.Core, this, new ByteSize(size));
    }
}
