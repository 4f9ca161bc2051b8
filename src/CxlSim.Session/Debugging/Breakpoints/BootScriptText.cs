using System.Globalization;
using CxlSim.Engine;
using CxlSim.Kernel;
using CxlSim.Machine;
using CxlSim.Platform;

namespace CxlSim.Session;

/// <summary>How the lines of a boot script read.</summary>
internal static class BootScriptText
{
    private const string Board = "hardware and firmware of the board";

    /// <summary>Null for what is no line of its own: the kernel's log, registers between commits, requests.</summary>
    public static string? Of(TraceRecord record) => record switch
    {
        PhaseEntered phase => phase.Phase,
        ObjectCreated created => $"created {created.Path}",
        ObjectRemoved removed => $"removed {removed.Path}",
        DriverBound bound => $"bound {bound.Driver} to {Name(bound.Subject)}",
        DriverUnbound unbound => $"unbound {unbound.Driver} from {Name(unbound.Subject)}",
        Refused refused => $"refused {Name(refused.Subject)} {refused.Error}",
        AttributeWritten written => $"wrote {written.Value} to {written.Path}: {written.Error}",
        RegisterWritten register when register.Register.EndsWith(" committed", StringComparison.Ordinal) || register.Register.EndsWith(" refused", StringComparison.Ordinal) =>
            $"{register.Unit}: {register.Register}",
        _ => null,
    };

    public static string Of(SimFrame frame) => $"{frame.Function} {frame.Subject}";

    public static string Of(Refusal refusal) => $"refused {refusal.Subject} {refusal.Error}: {refusal.Reason}";

    public static string Of(StepDescription step) => string.Create(CultureInfo.InvariantCulture, $"step in line {step.Location.Line} of {Path.GetFileName(step.Location.File)}");

    /// <summary>Where Linux has what a phase does.</summary>
    public static string SourceOf(Phase phase) => phase switch
    {
        Phase.PowerOn or Phase.FirmwareEnumerate or Phase.FirmwareTables => Board,
        Phase.Handoff => "arch/x86/platform/efi/efi.c",
        Phase.MemoryMap => "arch/x86/kernel/e820.c",
        Phase.NumaNodes => "drivers/acpi/numa/srat.c",
        Phase.ContiguousMemory => "kernel/dma/contiguous.c",
        Phase.AcpiScan => "drivers/acpi/scan.c",
        Phase.PciScan => "drivers/acpi/pci_root.c",
        Phase.SoftReservedFallback => "drivers/dax/hmem/device.c",
        Phase.MemoryTiers or Phase.LateInit => "mm/memory-tiers.c",
        Phase.DriverProbe => "kernel/module/main.c",
        _ => string.Empty,
    };

    private static string Name(string subject) => subject[(subject.LastIndexOf('/') + 1)..];
}
