using CxlSim.Core;
using CxlSim.Engine;
using CxlSim.Spec.Cxl;

namespace CxlSim.Kernel;

/// <summary>Waits for a device's media: its ranges become valid, then active, then the status says ready (<c>cxl_await_media_ready</c> in <c>drivers/cxl/core/pci.c</c>).</summary>
public sealed class MediaReadiness(KernelCore core, PciDevice pci, DeviceRegisterMap map)
{
    private static readonly SimDuration PollInterval = SimDuration.Seconds(1);

    /// <param name="activeSeconds">How long each range may take to become active (<c>media_ready_timeout</c>).</param>
    public async SimTask<Errno> AwaitAsync(long activeSeconds)
    {
        int dvsec = pci.FindCxlDvsec(Dvsec.DeviceId);
        int ranges = dvsec == 0 ? 0 : RangesOf(dvsec);
        for (int range = 0; range < ranges; range++)
        {
            if (!await BecomesAsync(dvsec, range, Dvsec.RangeMemoryInfoValid, polls: 2))
            {
                core.Log.Error(pci, $"memory range {range} did not become valid within 1 s");
                return Errno.ETIMEDOUT;
            }
        }

        for (int range = 0; range < ranges; range++)
        {
            if (!await BecomesAsync(dvsec, range, Dvsec.RangeMemoryActive, activeSeconds))
            {
                core.Log.Error(pci, $"memory range {range} did not become active within {activeSeconds} s");
                return Errno.ETIMEDOUT;
            }
        }

        ulong status = core.HostBus.ReadRegister(map.MemoryDevice.Start, 8);
        return Bits.Get(status, DeviceRegisters.MediaStatusHigh, DeviceRegisters.MediaStatusLow) == DeviceRegisters.MediaReady ? Errno.Ok : Errno.EIO;
    }

    private int RangesOf(int dvsec) =>
        (int)Math.Min(Dvsec.MostRanges, (pci.ReadConfig(dvsec + Dvsec.DeviceCapability, 2) >> Dvsec.CapabilityHdmCountShift) & 3);

    /// <summary>Looks so many times, and waits for a second after each.</summary>
    private async SimTask<bool> BecomesAsync(int dvsec, int range, uint bit, long polls)
    {
        int register = dvsec + Dvsec.DeviceRange1SizeLow + (range * Dvsec.DeviceRangeStride);
        for (; polls > 0; polls--)
        {
            if ((pci.ReadConfig(register, 4) & bit) != 0)
            {
                return true;
            }

            await core.Simulation.Delay(PollInterval);
        }

        return false;
    }
}
