using CxlSim.Core;
using CxlSim.Platform.Reading;

namespace CxlSim.Platform.Writing;

/// <summary>Writes steps that hands and hardware do.</summary>
internal static class HardwareStepWriter
{
    public static FlowMapping Write(StepDescription step) => step switch
    {
        UnplugStep unplug => new FlowMapping().Add("unplug", ScalarText.Quoted(unplug.Device)),
        PlugStep plug => new FlowMapping().Add("plug", ScalarText.Quoted(plug.Device)),
        LinkUpStep up => new FlowMapping().Add("link-up", ScalarText.Quoted(up.Device)),
        ResetStep reset => new FlowMapping().Add("reset", ScalarText.Quoted(reset.Device)),
        FirmwareResetStep reset => new FlowMapping().Add("firmware-reset", reset.KeepsMemory ? "warm" : "cold"),
        LinkDownStep down => new FlowMapping().Add("link-down", ScalarText.Quoted(down.Device)),
        PoisonStep poison => Of("poison", About(poison.Device).Add("dpa", ScalarText.Hex(poison.Address.Value)).Add("length", ScalarText.Of(poison.Length))),
        DeviceEventStep record => Of(record.Kind switch { DeviceEventKind.GeneralMedia => "media-error", DeviceEventKind.Dram => "dram-error", _ => "module-event" }, Record(record)),
        RasErrorStep { IsCorrectable: true } error => Of("correctable-error", About(error.Device).Add("type", error.Errors[0])),
        RasErrorStep error => Of("uncorrectable-error", About(error.Device)
            .Add("errors", ScalarText.List(error.Errors))
            .Add("header", ScalarText.List(error.Header.Select(word => ScalarText.Hex(word))), error.Header.Count > 0)),
        LinkErrorStep error => Of("link-error", About(error.Device)
            .Add("error", error.Error)
            .Add("header", ScalarText.List(error.Header.Select(word => ScalarText.Hex(word))), error.Header.Count > 0)),
        MailboxStep mailbox => Of("mailbox", About(mailbox.Device)
            .Add("answer", HardwareVerbs.Word(mailbox.Behaviour.Kind))
            .Hex("opcode", mailbox.Behaviour.Opcode)
            .Number("code", mailbox.Behaviour.ReturnCode, MailboxBehaviour.UsualReturnCode)
            .Add("delay", ScalarText.Nanoseconds(mailbox.Behaviour.DelayNs), mailbox.Behaviour.DelayNs != MailboxBehaviour.UsualDelayNs)),
        KexecStep kexec => new FlowMapping().Add("kexec", ScalarText.Quoted(kexec.CommandLine)),
        WaitStep wait => new FlowMapping().Add("wait", ScalarText.Nanoseconds(wait.Nanoseconds)),
        _ => throw new SimulatorBugException("a known kind of step"),
    };

    private static FlowMapping About(string device) => new FlowMapping().Add("device", ScalarText.Quoted(device));

    private static FlowMapping Record(DeviceEventStep step)
    {
        FlowMapping text = About(step.Device).Add("log", step.Log);
        foreach ((string key, ulong number) in step.Fields)
        {
            text.Add(key, ScalarText.Hex(number));
        }

        return text
            .Add("component_id", step.Component is { } component ? ScalarText.Quoted(component) : null)
            .Add("correction_mask", ScalarText.List(step.CorrectionMask.Select(mask => ScalarText.Hex(mask))), step.CorrectionMask.Count > 0);
    }

    private static FlowMapping Of(string verb, FlowMapping arguments) => new FlowMapping().Add(verb, arguments.ToString());
}
