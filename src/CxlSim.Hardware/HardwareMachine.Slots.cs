using CxlSim.Core;

namespace CxlSim.Hardware;

/// <summary>Devices that leave their slots and come back.</summary>
public sealed partial class HardwareMachine
{
    /// <summary>Asks for a device, as somebody at its slot would: software lets it go in its own time. ENODEV where it is not plugged in, EOPNOTSUPP where its slot keeps it, EBUSY where somebody has asked.</summary>
    public Errno RequestUnplug(string id) => AtSlot(id, slot =>
    {
        if (slot.IsUnplugPending)
        {
            return Errno.EBUSY;
        }

        slot.PressButton();
        return Errno.Ok;
    });

    /// <summary>A device's link goes down, and with it the device, without a question. ENODEV where it is not plugged in, EOPNOTSUPP where nobody would notice.</summary>
    public Errno DropLink(string id) => AtSlot(id, slot =>
    {
        slot.Yank();
        return Errno.Ok;
    });

    /// <summary>Puts a device back into its slot, and presses the button. ENODEV where there is no such device, EBUSY where it is not out.</summary>
    /// <remarks>It comes back as from power-on: of what it held, persistent bytes, labels and firmware are left.</remarks>
    public Errno Plug(string id) => BringBack(id, slot => slot.Insert());

    /// <summary>A device's link comes up again, and it is back as <see cref="Plug"/> has it; nobody presses a button. ENODEV where there is no such device, EBUSY where it is not out.</summary>
    public Errno RaiseLink(string id) => BringBack(id, slot => slot.LinkUp());

    private Errno AtSlot(string id, Func<HotplugSlot, Errno> act)
    {
        Type3Device? device = FindDevice(id);
        return device is null || AddressOf(device) is null ? Errno.ENODEV
            : SlotOf(device) is { } slot ? act(slot)
            : Errno.EOPNOTSUPP;
    }

    private Errno BringBack(string id, Action<HotplugSlot> arrive)
    {
        if (FindDevice(id) is null)
        {
            return Errno.ENODEV;
        }

        (CxlPort? port, Type3Device? old) = _unplugged.FirstOrDefault(pair => pair.Value.Description.Id == id);
        if (port is null)
        {
            return Errno.EBUSY;
        }

        Type3Device fresh = new(_simulation, old.Description, _platform.Timing);
        fresh.TrainLink(old.Description.Path.Link);
        fresh.TakeOver(old, keepsVolatile: false);
        int number = _devices.IndexOf(old);
        _devices[number] = fresh;
        _unplugged[port] = fresh;
        Listen(fresh);
        arrive(port.Slot!);
        return Errno.Ok;
    }

    /// <summary>What stood in a slot is gone: its registers, and all routes to it.</summary>
    private void Eject(CxlPort port)
    {
        if (port.Children is [Type3Device device])
        {
            _unplugged[port] = device;
        }

        port.Children.Clear();
        Forget();
    }

    /// <summary>What was put into a slot answers.</summary>
    private void Attach(CxlPort port)
    {
        port.Children.Add(_unplugged[port]);
        _unplugged.Remove(port);
        Forget();
    }

    private HotplugSlot? SlotOf(PciFunction device) =>
        Bridges.SelectMany(bridge => bridge.Functions.OfType<CxlPort>()).FirstOrDefault(candidate => candidate.Children.Contains(device))?.Slot;
}
