using CxlSim.Spec.Pci;

namespace CxlSim.Kernel;

/// <summary>What Linux keeps of configuration space over a reset: the header, controls of the express capability, error masks and message interrupts (<c>pci_save_state</c>). CXL's own registers are not among it.</summary>
internal sealed class PciSavedState
{
    private const int HeaderLength = 0x40;

    private static readonly int[] ExpressControls = [PciCapability.ExpressDeviceControl, PciCapability.ExpressLinkControl, PciCapability.ExpressSlotControl];
    private static readonly int[] ErrorMasks = [PciCapability.ErrorUncorrectableMask, PciCapability.ErrorUncorrectableSeverity, PciCapability.ErrorCorrectableMask];

    private readonly List<(int Offset, int Width, uint Value)> _values = [];

    public static PciSavedState Of(PciDevice device)
    {
        PciSavedState state = new();
        state.Add(device, device.FindCapability(PciCapability.Express), ExpressControls, 2);
        state.Add(device, device.ErrorReportingOffset, ErrorMasks, 4);
        for (int offset = HeaderLength - 4; offset >= 0; offset -= 4)
        {
            state._values.Add((offset, 4, device.ReadConfig(offset, 4))); // the command last: nothing answers before it has its addresses
        }

        state.Add(device, device.FindCapability(PciCapability.MsiX), [PciCapability.MsiXControl], 2);
        return state;
    }

    /// <summary>Puts all back; errors that the function has noted are forgotten (<c>pci_restore_state</c>).</summary>
    public void Restore(PciDevice device)
    {
        if (device.ErrorReportingOffset is not 0 and var aer)
        {
            Clear(device, aer + PciCapability.ErrorUncorrectableStatus);
            Clear(device, aer + PciCapability.ErrorCorrectableStatus);
        }

        foreach ((int offset, int width, uint value) in _values.Where(saved => device.ReadConfig(saved.Offset, saved.Width) != saved.Value))
        {
            device.WriteConfig(offset, width, value);
        }
    }

    private static void Clear(PciDevice device, int status) => device.WriteConfig(status, 4, device.ReadConfig(status, 4));

    private void Add(PciDevice device, int capability, int[] registers, int width)
    {
        if (capability != 0)
        {
            _values.AddRange(registers.Select(register => (capability + register, width, device.ReadConfig(capability + register, width))));
        }
    }
}
