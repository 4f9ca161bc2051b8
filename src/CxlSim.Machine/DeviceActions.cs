using CxlSim.Core;
using CxlSim.Hardware;
using CxlSim.Platform;
using CxlSim.Spec.Cxl;

namespace CxlSim.Machine;

/// <summary>What happens to devices from outside: somebody at a slot, a link that fails, an error. Each is ENODEV where there is no such device.</summary>
public sealed class DeviceActions
{
    private readonly BootState _state;

    internal DeviceActions(BootState state) => _state = state;

    /// <summary>Presses the button of a device's slot. ENODEV where it is not plugged in, EOPNOTSUPP where its slot keeps it, EBUSY where somebody has asked for it.</summary>
    public Errno RequestUnplug(string device) => _state.Hardware.RequestUnplug(device);

    /// <summary>A device's link goes down, and the device is gone. ENODEV where it is not plugged in, EOPNOTSUPP where it stands in no hot-plug slot.</summary>
    public Errno DropLink(string device) => _state.Hardware.DropLink(device);

    /// <summary>Puts a device back into its slot. EBUSY where it is not out.</summary>
    public Errno Plug(string device) => _state.Hardware.Plug(device);

    /// <summary>A device's link comes up again. EBUSY where it is not out.</summary>
    public Errno RaiseLink(string device) => _state.Hardware.RaiseLink(device);

    /// <summary>A device finds poison in its media. EINVAL where the lines are none of its own, EEXIST where some are poisoned already.</summary>
    public Errno Poison(string device, ulong start, ulong length) => To(device, found => found.Poison.Find(start, length));

    /// <summary>A device's mailbox answers so from now on.</summary>
    public Errno SetMailbox(string device, MailboxBehaviour behaviour) => To(device, found => found.Mailbox.Behave(behaviour));

    /// <summary>Something happens to a device, and one of its event logs takes it in.</summary>
    public Errno AddEvent(string device, EventLogKind log, byte[] record) => To(device, found => found.Units.Events.Add(log, record));

    /// <summary>A device finds a correctable error of its link or memory: a bit of its RAS registers (CXL r3.1 8.2.4.17).</summary>
    public Errno RaiseCorrectable(string device, int bit) => To(device, found => found.Components.Ras?.RaiseCorrectable(bit));

    /// <summary>A device finds errors that it cannot correct, each with its header.</summary>
    public Errno RaiseUncorrectable(string device, IReadOnlyList<(int Bit, uint[] Header)> errors) => To(device, found => found.Components.Ras?.RaiseUncorrectable(errors));

    /// <summary>A device finds an error of PCI Express: a bit of its status (PCI Express Base 6.0 7.8.4), and of a packet at fault its words.</summary>
    public Errno RaiseLinkError(string device, bool isCorrectable, int bit, IReadOnlyList<uint> header) => To(device, found =>
    {
        if (isCorrectable)
        {
            found.Errors!.RaiseCorrectable(bit);
        }
        else
        {
            found.Errors!.RaiseUncorrectable(bit, header);
        }
    });

    private Errno To(string device, Action<Type3Device> act) => To(device, found =>
    {
        act(found);
        return Errno.Ok;
    });

    private Errno To(string device, Func<Type3Device, Errno> act) =>
        _state.Hardware.FindDevice(device) is { } found ? act(found) : Errno.ENODEV;
}
