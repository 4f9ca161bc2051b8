using System.Globalization;
using CxlSim.Core;
using CxlSim.Engine;
using CxlSim.Spec.Cxl;
using CxlSim.Spec.Pci;

namespace CxlSim.Kernel;

/// <summary>Binds to memory devices, finds their registers, waits until they are ready and makes memN of them (<c>drivers/cxl/pci.c</c>).</summary>
public sealed class CxlPciDriver(CxlCore cxl, ModuleLoader modules, ParameterValues parameters) : Driver("cxl_pci"), IPciErrorAware
{
    private static readonly SimDuration MailboxPoll = SimDuration.Milliseconds(100);

    public override bool ProbesAsynchronously => true;

    private long MediaTimeout => Seconds(modules.Find("cxl_core")!.Parameters["media_ready_timeout"]);

    private SimDuration MailboxTimeout => SimDuration.Seconds(Seconds(parameters["mbox_ready_timeout"]));

    public IPciErrorHandlers ErrorHandlers { get; } = new CxlErrorHandlers(cxl);

    public override bool Matches(Device device) => device is PciDevice { ClassCode: PciClass.CxlMemory };

    public override async SimTask<Errno> ProbeAsync(Device device)
    {
        PciDevice pci = (PciDevice)device;
        using FrameScope frame = cxl.Core.Simulation.Enter("cxl_pci_probe", pci.Name);
        cxl.Core.Milestone("CxlPciProbe", pci.Name);
        if (pci.Enable() is var refused and not Errno.Ok)
        {
            cxl.Core.Log.Error(pci, $"can't enable device: BAR {pci.Unassigned[0].Index} not assigned");
            return refused;
        }

        ShowRestrictedLink(pci);
        if (pci.FindCxlDvsec(Dvsec.DeviceId) == 0)
        {
            cxl.Core.Log.Warning(pci, "Device DVSEC not present, skip CXL.mem init");
        }

        if (TakeDeviceRegisters(pci) is not { } map)
        {
            return WithoutBlock(pci);
        }

        ComponentRegisterMap? components = null;
        Errno error = FindComponents(pci, out Hpa block);
        if (error == Errno.EPROBE_DEFER)
        {
            return error;
        }

        if (error == Errno.Ok)
        {
            components = RegisterMap.SetUpComponents(cxl.Core, pci, block);
            TakeRas(pci, components);
        }
        else
        {
            cxl.Core.Log.Warning(pci, $"No component registers ({-(int)error})");
        }

        error = await new MediaReadiness(cxl.Core, pci, map).AwaitAsync(MediaTimeout);
        if (error != Errno.Ok)
        {
            cxl.Core.Log.Warning(pci, $"Media not active ({-(int)error})");
            cxl.Core.Findings.Report(KernelRules.MediaNotReady, new FunctionPlace(pci.Address), $"media that were not ready after {SimDuration.Seconds(MediaTimeout)}");
        }

        bool isMediaReady = error == Errno.Ok;
        EnableInterrupts(pci);
        CxlMailbox mailbox = new(cxl, pci, map);
        error = await AwaitMailboxAsync(pci, map, mailbox);
        error = error != Errno.Ok ? error : await new MemdevSetup(cxl, pci, ReadSerial(pci), mailbox, map, components, isMediaReady).RunAsync();
        pci.Saved = error == Errno.Ok ? PciSavedState.Of(pci) : null; // for an error that it does not survive otherwise
        return error;
    }

    private DeviceRegisterMap? TakeDeviceRegisters(PciDevice pci)
    {
        // Linux says nothing of a device without them.
        return RegisterMap.FindBlock(cxl.Core, pci, Dvsec.BlockDevice) is { } block
            && RegisterMap.ProbeDevice(cxl.Core, pci, block) is { } map
            && RegisterMap.Take(cxl.Core, pci, map.Status, pci.Name)
            && RegisterMap.Take(cxl.Core, pci, map.Mailbox, pci.Name)
            && RegisterMap.Take(cxl.Core, pci, map.MemoryDevice, pci.Name)
            ? map
            : null;
    }

    /// <summary>By the register locator, and of a CXL 1.1 device without one by the RCRB of its host (<c>cxl_pci_setup_regs</c>).</summary>
    private Errno FindComponents(PciDevice pci, out Hpa block)
    {
        Hpa? found = RegisterMap.FindBlock(cxl.Core, pci, Dvsec.BlockComponent);
        if (found is null && pci is { ExpressType: PciCapability.ExpressTypeIntegratedEndpoint, Parent: Device hostBridge })
        {
            if (cxl.FindDport(hostBridge) is not { } dport)
            {
                block = Hpa.Zero;
                return Errno.EPROBE_DEFER; // cxl_acpi has not come yet
            }

            found = dport.Rcrb is { } rcrb ? Rcrb.FindComponents(cxl.Core, pci, rcrb, upstream: true) : null;
        }

        block = found ?? Hpa.Zero;
        return found is not null ? Errno.Ok : pci.ExpressType == PciCapability.ExpressTypeIntegratedEndpoint ? Errno.ENXIO : WithoutBlock(pci);
    }

    /// <summary>A locator that does not have it is another thing than none at all (<c>cxl_find_regblock</c>).</summary>
    private static Errno WithoutBlock(PciDevice pci) => pci.FindCxlDvsec(Dvsec.RegisterLocatorId) == 0 ? Errno.ENXIO : Errno.ENODEV;

    /// <summary>Takes the RAS registers and lets errors through, as far as the function reports errors at all (<c>cxl_pci_ras_unmask</c>).</summary>
    private void TakeRas(PciDevice pci, ComponentRegisterMap components)
    {
        if (components.Ras is not { } ras || !RegisterMap.Take(cxl.Core, pci, ras, pci.Name))
        {
            return;
        }

        if (cxl.Core.Config.Has(KernelChange.LinkErrorsOfCxl))
        {
            return; // nobody lets errors through
        }

        uint reports = pci.ReadExpress(PciCapability.ExpressDeviceControl);
        if ((reports & PciCapability.DeviceControlReportUnsupported) != 0)
        {
            Clear(ras, RasRegisters.UncorrectableMask, RasRegisters.UncorrectableBits);
        }

        if ((reports & PciCapability.DeviceControlReportCorrectable) != 0)
        {
            Clear(ras, RasRegisters.CorrectableMask, RasRegisters.CorrectableBits);
        }
    }

    private void Clear(AddressRange ras, int register, uint bits)
    {
        Hpa at = ras.Start + new ByteSize((ulong)register);
        cxl.Core.HostBus.WriteRegister(at, 4, cxl.Core.HostBus.ReadRegister(at, 4) & ~bits);
    }

    private void EnableInterrupts(PciDevice pci)
    {
        int vectors = pci.FindCapability(PciCapability.MsiX);
        if (vectors == 0)
        {
            cxl.Core.Log.Debug(pci, "no interrupt vectors");
            return;
        }

        int control = vectors + PciCapability.MsiXControl;
        pci.WriteConfig(control, 2, pci.ReadConfig(control, 2) | PciCapability.MsiXEnable);
    }

    /// <summary>Until the interface is ready, and a command that an earlier driver may have left is over (<c>cxl_pci_setup_mailbox</c>).</summary>
    private async SimTask<Errno> AwaitMailboxAsync(PciDevice pci, DeviceRegisterMap map, CxlMailbox mailbox)
    {
        SimTime deadline = cxl.Core.Simulation.Now + MailboxTimeout;
        while (!Bits.IsSet(cxl.Core.HostBus.ReadRegister(map.MemoryDevice.Start, 8), DeviceRegisters.MailboxInterfaceReady))
        {
            if (cxl.Core.Simulation.Now >= deadline)
            {
                cxl.Core.Log.Error(pci, "mailbox did not become ready");
                return Errno.ETIMEDOUT;
            }

            await cxl.Core.Simulation.Delay(MailboxPoll);
        }

        if (!await mailbox.AwaitIdleAsync())
        {
            cxl.Core.Log.Error(pci, "mailbox did not become idle");
            return Errno.ETIMEDOUT;
        }

        if (!mailbox.IsUsable)
        {
            cxl.Core.Log.Error(pci, $"mailbox payload of {mailbox.PayloadSize} bytes is too small");
            return Errno.ENXIO;
        }

        mailbox.EnableInterrupt(pci);
        return Errno.Ok;
    }

    private void ShowRestrictedLink(PciDevice pci)
    {
        if (cxl.Core.Config.Has(KernelChange.RestrictedLinkShown) && pci is { ExpressType: PciCapability.ExpressTypeIntegratedEndpoint, Parent: Device hostBridge })
        {
            pci.RestrictedLink = new RestrictedLink(cxl, hostBridge).Show;
            pci.OnUnbind(() =>
            {
                pci.RestrictedLink = null;
                return SimTask.CompletedTask;
            });
        }
    }

    /// <summary>0 for a function without a serial number (<c>pci_get_dsn</c>).</summary>
    private static ulong ReadSerial(PciDevice pci)
    {
        int offset = pci.FindExtendedCapability(PciCapability.SerialNumber);
        return offset == 0 ? 0 : pci.ReadConfig(offset + 4, 4) | ((ulong)pci.ReadConfig(offset + 8, 4) << 32);
    }

    private static long Seconds(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}
