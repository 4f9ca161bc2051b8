using CxlSim.Core;
using CxlSim.Engine;
using CxlSim.Spec.Cxl;
using CxlSim.Spec.Pci;

namespace CxlSim.Kernel;

/// <summary>Hears of the errors below a root port, tells of them and sets off what follows (<c>drivers/pci/pcie/aer.c</c>).</summary>
internal sealed class AerService(KernelCore core, PciBus bus, PciDevice root)
{
    private readonly SimMutex _lock = new(core.Simulation);
    private TraceTask _thread = TraceTask.Idle;

    /// <summary>Takes the port's interrupt; what was noted before is forgotten (<c>aer_probe</c>).</summary>
    public void Enable()
    {
        _thread = bus.Interrupts.Request(root, 0, ServeAsync, "aerdrv");
        root.HearErrors(isOn: true);
        core.Log.Info(root, $"AER: enabled with IRQ {bus.Interrupts.NumberOf(root)}");
        root.OnUnbind(() =>
        {
            root.HearErrors(isOn: false);
            return SimTask.CompletedTask;
        });
    }

    /// <summary>What the port has noted is taken at once, and handled when that of before is; correctable errors first (<c>aer_irq</c>, <c>aer_isr_one_error</c>).</summary>
    private async SimTask ServeAsync()
    {
        int register = root.ErrorReportingOffset + PciCapability.ErrorRootStatus;
        uint status = root.ReadConfig(register, 4);
        uint source = root.ReadConfig(root.ErrorReportingOffset + PciCapability.ErrorRootSource, 4);
        root.WriteConfig(register, 4, status);
        using SimMutex.Holder holder = await _lock.LockAsync();
        if ((status & PciCapability.ErrorRootStatusCorrectable) != 0)
        {
            await HandleAsync(AerSeverity.Correctable, source & 0xffff, (status & PciCapability.ErrorRootStatusMultipleCorrectable) != 0);
        }

        if ((status & PciCapability.ErrorRootStatusUncorrectable) != 0)
        {
            AerSeverity severity = (status & PciCapability.ErrorRootStatusFatal) != 0 ? AerSeverity.Fatal : AerSeverity.NonFatal;
            await HandleAsync(severity, source >> 16, (status & PciCapability.ErrorRootStatusMultipleUncorrectable) != 0);
        }
    }

    /// <param name="severity">Of the message.</param>
    /// <param name="source">Bus, device and function of who sent the first one.</param>
    /// <param name="isMultiple">More came before anybody looked.</param>
    private async SimTask HandleAsync(AerSeverity severity, uint source, bool isMultiple)
    {
        using FrameScope frame = core.Simulation.Enter("aer_isr_one_error", root.Name);
        root.Errors.CountReceived(severity);
        Bdf sender = new(root.Address.Segment, (byte)(source >> 8), (byte)((source >> 3) & 0x1f), (byte)(source & 7));
        core.Log.Info(root, $"AER: {(isMultiple ? "Multiple " : string.Empty)}{AerWords.NameOf(severity)} error message received from {sender}");
        PciDevice[] sources = [.. Sources(severity, sender, isMultiple)];
        if (sources.Length == 0)
        {
            core.Log.Info(root, $"AER: found no error details for {sender}");
        }

        foreach (PciDevice device in sources)
        {
            if (AerError.Of(device, severity) is { } error)
            {
                Print(device, error, isFirst: sources.Length > 1 && device.Address == sender);
            }
        }

        foreach (PciDevice device in sources)
        {
            if (AerError.Of(device, severity) is { } error)
            {
                await HandleAsync(device, error);
            }
        }
    }

    /// <summary>Who is named, and with several messages whoever has noted an error (<c>find_source_device</c>).</summary>
    private IEnumerable<PciDevice> Sources(AerSeverity severity, Bdf sender, bool isMultiple)
    {
        IEnumerable<PciDevice> all = root.AllBelow().Prepend(root);
        return isMultiple
            ? all.Where(device => device.Address == sender || (severity != AerSeverity.Fatal && AerError.Of(device, severity) is not null))
            : all.Where(device => device.Address == sender).Take(1);
    }

    /// <summary>Only the driver can say more of an error that was corrected (<c>pci_aer_handle_error</c>).</summary>
    private async SimTask HandleAsync(PciDevice device, AerError error)
    {
        if (error.Severity != AerSeverity.Correctable)
        {
            await new PciErrorRecovery(core, _thread).RunAsync(device, error.Severity == AerSeverity.Fatal ? ChannelState.Frozen : ChannelState.Normal);
            return;
        }

        device.WriteConfig(device.ErrorReportingOffset + PciCapability.ErrorCorrectableStatus, 4, error.Status);
        if (device.Driver is IPciErrorAware { ErrorHandlers: { } handlers })
        {
            await handlers.CorrectableDetectedAsync(device, _thread);
        }

        device.ClearDeviceStatus();
    }

    /// <summary>Correctable errors are warnings (<c>aer_print_error</c>).</summary>
    private void Print(PciDevice device, AerError error, bool isFirst)
    {
        string kind = core.Config.Has(KernelChange.LinkErrorsOfCxl) && IsCxl(device) ? "CXL" : "PCIe";
        string start = $"{kind} Bus Error: severity={AerWords.NameOf(error.Severity)}, type=";
        if (error.Status == 0)
        {
            core.Log.Error(device, $"AER: {start}Inaccessible, (Unregistered Agent ID)");
        }
        else
        {
            Action<string> say = error.Severity == AerSeverity.Correctable ? text => core.Log.Warning(device, text) : text => core.Log.Error(device, text);
            say($"{start}{AerWords.LayerOf(error.Severity, error.Status)}, ({AerWords.AgentOf(error.Severity, error.Status)})");
            say($"  device [{device.VendorId:x4}:{device.DeviceId:x4}] error status/mask={error.Status:x8}/{error.Mask:x8}");
            PrintBits(error, say);
            device.Errors.Count(error.Severity, error.Status & ~error.Mask);
            PrintHeader(device, error.Header);
        }

        if (isFirst)
        {
            core.Log.Error(device, "AER:   Error of this Agent is reported first");
        }

        bus.Ras.EmitAer(bus.Tracing, _thread, device.Name, kind, (int)error.Severity, error.Status & ~error.Mask, error.Header);
    }

    private static void PrintBits(AerError error, Action<string> say)
    {
        for (int bit = 0; bit < 32; bit++)
        {
            if (((error.Status & ~error.Mask) >> bit & 1) != 0)
            {
                say($"   [{bit,2}] {AerWords.NameOf(error.Severity, bit) ?? "Unknown Error Bit",-22}{(bit == error.First ? " (First)" : string.Empty)}");
            }
        }
    }

    private void PrintHeader(PciDevice device, uint[]? header)
    {
        if (header is not null)
        {
            string prefix = core.Config.Has(KernelChange.LinkErrorsOfCxl) ? "0x" : string.Empty;
            core.Log.Error(device, $"AER:   TLP Header: {string.Join(' ', header.Select(word => $"{prefix}{word:x8}"))}");
        }
    }

    /// <summary>Its link carries CXL.cache or CXL.mem (<c>pcie_is_cxl</c>).</summary>
    private static bool IsCxl(PciDevice device) => device.FindCxlDvsec(Dvsec.FlexBusId) is not 0 and var flexBus
        && (device.ReadConfig(flexBus + Dvsec.FlexBusStatus, 2) & (Dvsec.FlexBusCache | Dvsec.FlexBusMem)) != 0;
}
