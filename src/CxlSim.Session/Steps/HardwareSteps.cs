using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using CxlSim.Core;
using CxlSim.Engine;
using CxlSim.Platform;
using CxlSim.Spec.Cxl;

namespace CxlSim.Session;

/// <summary>Steps that hands and hardware do: requests to the machine itself, served in the loop.</summary>
internal static class HardwareSteps
{
    /// <summary>Arguments of QEMU's commands that a record must have; what a step leaves out is zero.</summary>
    private static readonly string[] PlaceArguments = ["flags", "descriptor", "type", "transaction-type"];

    private static readonly string[] ModuleArguments =
    [
        "flags", "type", "health-status", "media-status", "additional-status", "life-used", "temperature",
        "dirty-shutdown-count", "corrected-volatile-error-count", "corrected-persistent-error-count",
    ];

    public static StepAnswer Run(MachineSession session, StepDescription step) => step switch
    {
        UnplugStep unplug => Do(session, $"unplug {unplug.Device}", unplug.Device, () => session.Machine.DeviceActions.RequestUnplug(unplug.Device)),
        PlugStep plug => Do(session, $"plug {plug.Device}", plug.Device, () => session.Machine.DeviceActions.Plug(plug.Device)),
        LinkDownStep down => Do(session, $"link-down {down.Device}", down.Device, () => session.Machine.DeviceActions.DropLink(down.Device)),
        LinkUpStep up => Do(session, $"link-up {up.Device}", up.Device, () => session.Machine.DeviceActions.RaiseLink(up.Device)),
        ResetStep reset => Reset(session, reset.Device),
        FirmwareResetStep reset => new($"firmware-reset {(reset.KeepsMemory ? "warm" : "cold")}", session.Reset(reset.KeepsMemory), string.Empty),
        PoisonStep poison => Do(session, $"poison {poison.Device} {poison.Address} {poison.Length}", poison.Device, () => session.Machine.DeviceActions.Poison(poison.Device, poison.Address.Value, poison.Length.Bytes)),
        DeviceEventStep record => Record(session, record),
        RasErrorStep error => Raise(session, error),
        LinkErrorStep error => Raise(session, error),
        MailboxStep mailbox => Do(session, Text(mailbox), mailbox.Device, () => session.Machine.DeviceActions.SetMailbox(mailbox.Device, mailbox.Behaviour)),
        KexecStep kexec => new($"kexec {kexec.CommandLine}", session.Kexec(kexec.CommandLine), string.Empty),
        WaitStep wait => Wait(session, SimDuration.Nanoseconds(wait.Nanoseconds)),
        _ => throw new SimulatorBugException("a known kind of step"),
    };

    /// <summary>What it sets off is done when it returns.</summary>
    private static StepAnswer Do(MachineSession session, string text, string device, Func<Errno> work)
    {
        Errno error = session.Do<Errno>(text, () => work());
        return new(text, error, error switch
        {
            Errno.ENODEV => Missing(session, device),
            Errno.EOPNOTSUPP => "its slot lets nothing go",
            Errno.EBUSY => "it is in its slot",
            Errno.EINVAL => "no whole lines of 64 bytes that it has",
            Errno.EEXIST => "some of it is poisoned already",
            _ => string.Empty,
        });
    }

    private static string Missing(MachineSession session, string device) =>
        session.Machine.Devices.Any(known => known.Id == device) ? "it is not in its slot" : "no device of the platform file has this name";

    /// <summary>As a user would: by the file of the PCI function.</summary>
    private static StepAnswer Reset(MachineSession session, string device)
    {
        string text = $"reset {device}";
        return session.Machine.Devices.FirstOrDefault(known => known.Id == device)?.Address is { } function
            ? new(text, session.Write($"/sys/bus/pci/devices/{function}/reset", "1"), string.Empty)
            : new(text, Errno.ENODEV, Missing(session, device));
    }

    private static StepAnswer Wait(MachineSession session, SimDuration time)
    {
        session.Advance(time);
        return new($"wait {time}", Errno.Ok, string.Empty);
    }

    private static StepAnswer Raise(MachineSession session, RasErrorStep step)
    {
        (int Bit, uint[] Header)[] errors = [.. step.Errors.Select((word, number) => (RasErrorWords.Bit(word, step.IsCorrectable)!.Value, number == 0 ? step.Header.ToArray() : []))];
        string text = $"{(step.IsCorrectable ? "correctable-error" : "uncorrectable-error")} {step.Device} {string.Join(' ', step.Errors)}";
        return Do(session, text, step.Device, () => step.IsCorrectable ? session.Machine.DeviceActions.RaiseCorrectable(step.Device, errors[0].Bit) : session.Machine.DeviceActions.RaiseUncorrectable(step.Device, errors));
    }

    private static StepAnswer Raise(MachineSession session, LinkErrorStep step)
    {
        (_, bool isCorrectable, int bit) = LinkErrorWords.All.First(error => error.Word == step.Error);
        return Do(session, $"link-error {step.Device} {step.Error}", step.Device, () => session.Machine.DeviceActions.RaiseLinkError(step.Device, isCorrectable, bit, step.Header));
    }

    /// <summary>The record is made as QEMU's command makes it.</summary>
    private static StepAnswer Record(MachineSession session, DeviceEventStep step)
    {
        JsonObject arguments = new() { ["log"] = step.Log };
        foreach (string name in step.Kind == DeviceEventKind.MemoryModule ? ModuleArguments : PlaceArguments)
        {
            arguments[name] = 0;
        }

        foreach ((string key, ulong number) in step.Fields)
        {
            arguments[key == "chip" ? "device" : key.Replace('_', '-')] = number;
        }

        if (step.Component is { } component)
        {
            arguments["component-id"] = component;
        }

        if (step.CorrectionMask.Count > 0)
        {
            arguments["correction-mask"] = new JsonArray([.. step.CorrectionMask.Select(mask => (JsonNode)mask)]);
        }

        using JsonDocument document = JsonDocument.Parse(arguments.ToJsonString());
        QmpArguments read = new(document.RootElement);
        (string verb, byte[] record) = step.Kind switch
        {
            DeviceEventKind.GeneralMedia => ("media-error", QmpRecords.GeneralMedia(read)),
            DeviceEventKind.Dram => ("dram-error", QmpRecords.Dram(read)),
            _ => ("module-event", QmpRecords.MemoryModule(read)),
        };
        EventLogKind log = QmpRecords.Log(read);
        Check.That(read.Wrong is null, "a step whose numbers fit its record");
        return Do(session, $"{verb} {step.Device} {step.Log}", step.Device, () => session.Machine.DeviceActions.AddEvent(step.Device, log, record));
    }

    private static string Text(MailboxStep step)
    {
        string opcode = step.Behaviour.Opcode is { } only ? string.Create(CultureInfo.InvariantCulture, $" 0x{only:x4}") : string.Empty;
        return $"mailbox {step.Device} {step.Behaviour.Kind.ToString().ToLowerInvariant()}{opcode}";
    }
}
