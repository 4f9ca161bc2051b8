using CxlSim.Engine;
using CxlSim.Spec.Pci;

namespace CxlSim.Kernel;

/// <summary>A slot that devices leave, and come back to, while the machine runs (<c>drivers/pci/hotplug/pciehp_ctrl.c</c>, <c>pciehp_hpc.c</c>, struct controller).</summary>
internal sealed class PciehpSlot(KernelCore core, PciBus bus, PciDevice port)
{
    /// <summary>From the press of the button to the removal.</summary>
    private static readonly SimDuration ButtonDelay = SimDuration.Seconds(5);

    /// <summary>Power is really off after this time (PCI Express Base 6.0 6.7.1.8).</summary>
    private static readonly SimDuration PowerOffDelay = SimDuration.Seconds(1);

    /// <summary>How long a link may take to come up, and how long a device then has before it is asked (PCI Express Base 6.0 6.6.1).</summary>
    private static readonly SimDuration LinkTimeout = SimDuration.Seconds(1);
    private static readonly SimDuration SettleDelay = SimDuration.Milliseconds(100);

    /// <summary>Ports of this vendor report a completed command only where one of four controls changed.</summary>
    private const ushort Intel = 0x8086;

    private PciehpState _state;
    private bool _isDead;

    private uint Number => port.ReadExpress(PciCapability.ExpressSlotCapabilities, 4) >> PciSlotBits.NumberShift;

    private bool IsLinkActive => (port.ReadExpress(PciCapability.ExpressLinkStatus) & PciCapability.LinkActive) != 0;

    private bool IsOccupied => (port.ReadExpress(PciCapability.ExpressSlotStatus, 2) & PciSlotBits.Present) != 0;

    /// <summary>Takes the slot over and has it send interrupts (<c>pcie_init</c>, <c>pcie_enable_notification</c>).</summary>
    public void Enable()
    {
        core.Log.Info(port, $"pciehp: Slot #{Number} {FeatureText()}");
        _state = IsOccupied ? PciehpState.On : PciehpState.Off;
        bus.Interrupts.Request(port, 0, ServeAsync, "pciehp");
        port.WriteExpress(PciCapability.ExpressSlotStatus, 2, PciSlotBits.Events);
        SetControl(PciSlotBits.PowerIndicator, IsOccupied ? PciSlotBits.PowerIndicatorOn : PciSlotBits.PowerIndicatorOff);
        SetControl(0, PciSlotBits.EnableAttentionButton | PciSlotBits.EnableLinkChanged | PciSlotBits.EnableHotPlugInterrupt);
        port.OnUnbind(() =>
        {
            _isDead = true;
            SetControl(PciSlotBits.EnableAttentionButton | PciSlotBits.EnableLinkChanged | PciSlotBits.EnableHotPlugInterrupt, 0);
            return SimTask.CompletedTask;
        });
    }

    /// <summary>A button before all else; then what became of presence and link (<c>pciehp_ist</c>).</summary>
    private async SimTask ServeAsync()
    {
        uint events = port.ReadExpress(PciCapability.ExpressSlotStatus, 2) & PciSlotBits.Events;
        port.WriteExpress(PciCapability.ExpressSlotStatus, 2, events);
        if ((events & PciSlotBits.AttentionButtonPressed) != 0)
        {
            HandleButton();
        }

        if ((events & (PciSlotBits.PresenceChanged | PciSlotBits.LinkChanged)) != 0)
        {
            await HandleChangeAsync(events);
        }
    }

    /// <summary>A press asks for the device, or offers one; who pressed may think for five seconds (<c>pciehp_handle_button_press</c>).</summary>
    private void HandleButton()
    {
        if (_state is not (PciehpState.On or PciehpState.Off))
        {
            core.Log.Error(port, $"pciehp: Slot({Number}): Button press: ignoring invalid state {(int)_state:x}");
            return;
        }

        PciehpState blinking = _state == PciehpState.On ? PciehpState.BlinkingOff : PciehpState.BlinkingOn;
        _state = blinking;
        core.Log.Info(port, $"pciehp: Slot({Number}): Button press: will power {(blinking == PciehpState.BlinkingOff ? "off" : "on")} in 5 sec");
        SetControl(PciSlotBits.PowerIndicator, PciSlotBits.PowerIndicatorBlink);
        core.Simulation.Spawn($"pciehp {port.Name}", () => WorkAsync(blinking));
    }

    /// <summary>The time to think is over, unless something else has happened (<c>pciehp_queue_pushbutton_work</c>).</summary>
    private async SimTask WorkAsync(PciehpState blinking)
    {
        await core.Simulation.Delay(ButtonDelay);
        if (!_isDead && _state == blinking)
        {
            await (blinking == PciehpState.BlinkingOff ? DisableAsync() : EnableAsync());
        }
    }

    /// <summary>A device that was there is gone, whatever is there now; and what is there now comes up (<c>pciehp_handle_presence_or_link_change</c>).</summary>
    private async SimTask HandleChangeAsync(uint events)
    {
        if (_state is PciehpState.On or PciehpState.BlinkingOff)
        {
            Say((events & PciSlotBits.LinkChanged) != 0, "Link Down");
            Say((events & PciSlotBits.PresenceChanged) != 0, "Card not present");
            await DisableAsync();
        }

        if (_state is (PciehpState.Off or PciehpState.BlinkingOn) && (IsOccupied || IsLinkActive))
        {
            Say(IsOccupied, "Card present");
            Say(IsLinkActive, "Link Up");
            await EnableAsync();
        }
    }

    private void Say(bool isSo, string what)
    {
        if (isSo)
        {
            core.Log.Info(port, $"pciehp: Slot({Number}): {what}");
        }
    }

    /// <summary>Power, then the link, then what is found behind it (<c>board_added</c>).</summary>
    private async SimTask EnableAsync()
    {
        using FrameScope frame = core.Simulation.Enter("pciehp_enable_slot", port.Name);
        _state = PciehpState.PoweringOn;
        SetControl(PciSlotBits.PowerOff, 0);
        SetControl(PciSlotBits.PowerIndicator, PciSlotBits.PowerIndicatorBlink);
        for (SimDuration waited = SimDuration.Zero; !IsLinkActive && waited < LinkTimeout; waited += SettleDelay)
        {
            await core.Simulation.Delay(SettleDelay);
        }

        await core.Simulation.Delay(SettleDelay);
        if (!IsLinkActive || !await bus.AddBelowAsync(port))
        {
            core.Log.Error(port, $"pciehp: Slot({Number}): nothing answers behind the link");
            await PowerOffAsync();
            return;
        }

        SetControl(PciSlotBits.PowerIndicator, PciSlotBits.PowerIndicatorOn);
        _state = PciehpState.On;
    }

    /// <summary>Everything below the port goes, then the power (<c>pciehp_disable_slot</c>).</summary>
    private async SimTask DisableAsync()
    {
        using FrameScope frame = core.Simulation.Enter("pciehp_disable_slot", port.Name);
        _state = PciehpState.PoweringOff;
        await bus.RemoveBelowAsync(port);
        await PowerOffAsync();
    }

    private async SimTask PowerOffAsync()
    {
        SetControl(0, PciSlotBits.PowerOff);
        await core.Simulation.Delay(PowerOffDelay);
        SetControl(PciSlotBits.PowerIndicator, PciSlotBits.PowerIndicatorOff);
        port.WriteExpress(PciCapability.ExpressSlotStatus, 2, PciSlotBits.PresenceChanged | PciSlotBits.LinkChanged); // the change is of its own making
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
