using CxlSim.Engine;
using CxlSim.Spec.Pci;

namespace CxlSim.Kernel;

/// <summary>A slot that devices leave while the machine runs (<c>drivers/pci/hotplug/pciehp_ctrl.c</c>, <c>pciehp_hpc.c</c>, struct controller).</summary>
internal sealed class PciehpSlot(LinuxKernel kernel, PciDevice port)
{
    /// <summary>From the press of the button to the removal.</summary>
    private static readonly SimDuration ButtonDelay = SimDuration.Seconds(5);

    /// <summary>Power is really off after this time (PCI Express Base 6.0 6.7.1.8).</summary>
    private static readonly SimDuration PowerOffDelay = SimDuration.Seconds(1);

    /// <summary>Ports of this vendor report a completed command only where one of four controls changed.</summary>
    private const ushort Intel = 0x8086;

    private PciehpState _state;
    private bool _isDead;

    private uint Number => port.ReadExpress(PciCapability.ExpressSlotCapabilities, 4) >> PciSlotBits.NumberShift;

    private bool IsOccupied => (port.ReadExpress(PciCapability.ExpressSlotStatus, 2) & PciSlotBits.Present) != 0;

    /// <summary>Takes the slot over and has it send interrupts (<c>pcie_init</c>, <c>pcie_enable_notification</c>).</summary>
    public void Enable()
    {
        kernel.Log.Info(port, $"pciehp: Slot #{Number} {FeatureText()}");
        _state = IsOccupied ? PciehpState.On : PciehpState.Off;
        kernel.Interrupts.Request(port, 0, ServeAsync);
        port.WriteExpress(PciCapability.ExpressSlotStatus, 2, PciSlotBits.Events);
        SetControl(PciSlotBits.PowerIndicator, IsOccupied ? PciSlotBits.PowerIndicatorOn : PciSlotBits.PowerIndicatorOff);
        SetControl(0, PciSlotBits.EnableAttentionButton | PciSlotBits.EnableHotPlugInterrupt);
        port.OnUnbind(() =>
        {
            _isDead = true;
            SetControl(PciSlotBits.EnableAttentionButton | PciSlotBits.EnableHotPlugInterrupt, 0);
            return SimTask.CompletedTask;
        });
    }

    private SimTask ServeAsync()
    {
        uint events = port.ReadExpress(PciCapability.ExpressSlotStatus, 2) & PciSlotBits.Events;
        port.WriteExpress(PciCapability.ExpressSlotStatus, 2, events);
        return (events & PciSlotBits.AttentionButtonPressed) != 0 ? HandleButtonAsync() : SimTask.CompletedTask;
    }

    /// <summary>A press asks for the device; who pressed may think for five seconds (<c>pciehp_handle_button_press</c>).</summary>
    private async SimTask HandleButtonAsync()
    {
        if (_state != PciehpState.On)
        {
            kernel.Log.Error(port, $"pciehp: Slot({Number}): Button press: ignoring invalid state {(int)_state:x}");
            return;
        }

        _state = PciehpState.BlinkingOff;
        kernel.Log.Info(port, $"pciehp: Slot({Number}): Button press: will power off in 5 sec");
        SetControl(PciSlotBits.PowerIndicator, PciSlotBits.PowerIndicatorBlink);
        await kernel.Simulation.Delay(ButtonDelay);
        if (!_isDead)
        {
            await DisableAsync();
        }
    }

    /// <summary>Everything below the port goes, then the power (<c>pciehp_disable_slot</c>).</summary>
    private async SimTask DisableAsync()
    {
        using FrameScope frame = kernel.Simulation.Enter("pciehp_disable_slot", port.Name);
        _state = PciehpState.PoweringOff;
        await kernel.PciBus.RemoveBelowAsync(port);
        SetControl(0, PciSlotBits.PowerOff);
        await kernel.Simulation.Delay(PowerOffDelay);
        SetControl(PciSlotBits.PowerIndicator, PciSlotBits.PowerIndicatorOff);
        port.WriteExpress(PciCapability.ExpressSlotStatus, 2, PciSlotBits.PresenceChanged); // the change is of its own making
        _state = PciehpState.Off;
    }

    private void SetControl(uint clear, uint set) => port.WriteExpress(
        PciCapability.ExpressSlotControl, 2, (port.ReadExpress(PciCapability.ExpressSlotControl, 2) & ~clear) | set);

    private string FeatureText()
    {
        uint capabilities = port.ReadExpress(PciCapability.ExpressSlotCapabilities, 4);
        bool reportsLink = (port.ReadExpress(PciCapability.ExpressLinkCapabilities, 4) & PciCapability.LinkActiveReporting) != 0;
        return $"AttnBtn{Sign(PciSlotBits.HasAttentionButton)} PwrCtrl{Sign(PciSlotBits.HasPowerController)} MRL{Sign(PciSlotBits.HasLatchSensor)} "
            + $"AttnInd{Sign(PciSlotBits.HasAttentionIndicator)} PwrInd{Sign(PciSlotBits.HasPowerIndicator)} HotPlug{Sign(PciSlotBits.HotPlugCapable)} "
            + $"Surprise{Sign(PciSlotBits.SurpriseRemoval)} Interlock{Sign(PciSlotBits.HasInterlock)} NoCompl{Sign(PciSlotBits.NoCommandCompleted)} "
            + $"IbPresDis- LLActRep{(reportsLink ? '+' : '-')}{(port.VendorId == Intel ? " (with Cmd Compl erratum)" : string.Empty)}";

        char Sign(uint feature) => (capabilities & feature) != 0 ? '+' : '-';
    }
}
