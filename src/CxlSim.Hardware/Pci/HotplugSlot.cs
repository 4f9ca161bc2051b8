using CxlSim.Spec.Pci;

namespace CxlSim.Hardware;

/// <summary>The slot of a port that allows hot-plug: what asks software to let a device go, and when the device may leave (PCI Express Base 6.0 6.7).</summary>
/// <remarks>As QEMU's ports have it: a button, a power controller, both indicators, an interlock; a device leaves once power and power indicator are off.</remarks>
public sealed class HotplugSlot
{
    /// <summary>Software may write all of slot control but the interlock's toggle.</summary>
    private const ushort ControlBits = 0x17ff;

    private readonly ConfigSpace _config;
    private readonly int _express;

    /// <summary>What stands in the slot has no power yet.</summary>
    private bool _isWaiting;

    public HotplugSlot(ConfigSpace config, int express, int number)
    {
        _config = config;
        _express = express;
        config.Set16(express + PciCapability.ExpressFlags, (ushort)(config.U16(express + PciCapability.ExpressFlags) | PciCapability.FlagSlotImplemented));
        int link = express + PciCapability.ExpressLinkCapabilities;
        config.Set32(link, config.U32(link) | PciCapability.LinkActiveReporting);
        const uint features = PciSlotBits.HasAttentionButton | PciSlotBits.HasPowerController | PciSlotBits.HasAttentionIndicator
            | PciSlotBits.HasPowerIndicator | PciSlotBits.SurpriseRemoval | PciSlotBits.HotPlugCapable | PciSlotBits.HasInterlock;
        config.Set32(express + PciCapability.ExpressSlotCapabilities, features | ((uint)number << PciSlotBits.NumberShift));
        config.Set16(express + PciCapability.ExpressSlotControl, PciSlotBits.PowerIndicatorOff, ControlBits);
        config.SetCleared16(express + PciCapability.ExpressSlotStatus, PciSlotBits.Events);
    }

    /// <summary>Software has to look at the slot's status.</summary>
    public event Action? Interrupted;

    /// <summary>The slot has no power any more: what stands in it may be taken out.</summary>
    public event Action? PoweredOff;

    /// <summary>Software gives power to a slot that something was put into.</summary>
    public event Action? PoweredOn;

    /// <summary>Somebody asked for the device, and software has not let it go yet.</summary>
    public bool IsUnplugPending { get; private set; }

    private ushort Control => _config.U16(_express + PciCapability.ExpressSlotControl);

    /// <summary>As wide and as fast as it can be.</summary>
    private ushort LinkState => (ushort)(PciCapability.LinkActive | (_config.U32(_express + PciCapability.ExpressLinkCapabilities) & PciFunction.LinkBits));

    private ushort Status => _config.U16(_express + PciCapability.ExpressSlotStatus);

    /// <summary>Presence and link, at power-on: nobody is told.</summary>
    public void Fill()
    {
        SetStatus(PciSlotBits.Present);
        _config.Set16(_express + PciCapability.ExpressLinkStatus, LinkState);
        _config.Set16(_express + PciCapability.ExpressSlotControl, PciSlotBits.PowerIndicatorOn, ControlBits);
    }

    /// <summary>The button beside the slot.</summary>
    public void PressButton()
    {
        IsUnplugPending = true;
        SetStatus((ushort)(Status | PciSlotBits.AttentionButtonPressed));
        const ushort enabled = PciSlotBits.EnableHotPlugInterrupt | PciSlotBits.EnableAttentionButton;
        if ((Control & enabled) == enabled)
        {
            Interrupted?.Invoke();
        }
    }

    /// <summary>Link and presence go at once, without anybody asking: what stood there is gone.</summary>
    public void Yank()
    {
        IsUnplugPending = false;
        SetStatus((ushort)((Status & ~PciSlotBits.Present) | PciSlotBits.PresenceChanged | PciSlotBits.LinkChanged));
        _config.Set16(_express + PciCapability.ExpressLinkStatus, 0);
        PoweredOff?.Invoke();
        const ushort enabled = PciSlotBits.EnableHotPlugInterrupt | PciSlotBits.EnableLinkChanged;
        if ((Control & enabled) == enabled)
        {
            Interrupted?.Invoke();
        }
    }

    /// <summary>Something is put into the slot, and the button pressed. As with QEMU's ports the link says that it is up before there is power.</summary>
    public void Insert() => Arrive(PciSlotBits.AttentionButtonPressed, PciSlotBits.EnableAttentionButton);

    /// <summary>What stood in the slot is there again by itself, and the change of the link tells it.</summary>
    public void LinkUp() => Arrive(PciSlotBits.LinkChanged, PciSlotBits.EnableLinkChanged);

    private void Arrive(ushort status, ushort enable)
    {
        _isWaiting = true;
        _config.Set16(_express + PciCapability.ExpressLinkStatus, LinkState);
        SetStatus((ushort)(Status | PciSlotBits.Present | PciSlotBits.PresenceChanged | status));
        ushort enabled = (ushort)(PciSlotBits.EnableHotPlugInterrupt | enable);
        if ((Control & PciSlotBits.PowerOff) == 0)
        {
            PowerOn();
        }

        if ((Control & enabled) == enabled)
        {
            Interrupted?.Invoke();
        }
    }

    /// <summary>A write that reaches the slot's registers.</summary>
    public void Write(int offset, int width, uint value)
    {
        const ushort off = PciSlotBits.PowerOff | PciSlotBits.PowerIndicatorOff;
        bool wasOff = (Control & off) == off;
        _config.Write(offset, width, value);
        if (!wasOff && (Control & off) == off && (Status & PciSlotBits.Present) != 0)
        {
            IsUnplugPending = false;
            SetStatus((ushort)((Status & ~PciSlotBits.Present) | PciSlotBits.PresenceChanged));
            _config.Set16(_express + PciCapability.ExpressLinkStatus, 0);
            PoweredOff?.Invoke();
        }
        else if (_isWaiting && (Control & PciSlotBits.PowerOff) == 0)
        {
            PowerOn();
        }
    }

    private void PowerOn()
    {
        _isWaiting = false;
        PoweredOn?.Invoke();
    }

    private void SetStatus(ushort value) => _config.Set16(_express + PciCapability.ExpressSlotStatus, value);
}
