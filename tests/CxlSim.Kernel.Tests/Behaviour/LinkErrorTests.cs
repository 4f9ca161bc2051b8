using System.Text.RegularExpressions;
using CxlSim.Core;
using CxlSim.Engine;
using CxlSim.Session;

namespace CxlSim.Kernel.Tests.Behaviour;

/// <summary>
/// Errors of CXL.mem, which are internal errors to PCI Express: what Linux says, traces and does about them. Lines, traces and counts were read of a real 6.12 and a real 7.2
/// under QEMU, whose cards' masks and severities a user had written.
/// </summary>
public sealed class LinkErrorTests
{
    private const string Card = "/sys/bus/pci/devices/0000:0d:00.0/";
    private const string Port = "/sys/bus/pci/devices/0000:0c:00.0/";
    /// <summary>One in which the work is late.</summary>
    private const ulong LateSeed = 3;
    private const int Masks = 0x208;
    private const int Severities = 0x20c;
    private const int Correctables = 0x214;

    private readonly MachineSession _session;
    private readonly LogSink _log;

    public LinkErrorTests() => _session = Booted("6.12", out _log);

    /// <summary>As at power-on, and as the kernel leaves it.</summary>
    [Fact]
    public void InternalErrors_AreMasked()
    {
        int before = _log.Lines.Count();
        Correct(2);
        Break(_session, (7, [1]));

        _log.Lines.Skip(before).Should().BeEmpty();
        Lines(_session).Should().BeEmpty();
        _session.Text(Card + "aer_dev_correctable").Should().EndWith("TOTAL_ERR_COR 0");
    }

    [Fact]
    public void CorrectedError_IsSaidAndTraced()
    {
        Unmask(_session);
        Correct(2);
        Correct(1);

        Said("pcieport 0000:0c:00.0: AER: Correctable").Should().Be(2);
        _log.Lines.TakeLast(4).Should().Equal(
            "pcieport 0000:0c:00.0: AER: Correctable error message received from 0000:0d:00.0",
            "cxl_pci 0000:0d:00.0: PCIe Bus Error: severity=Correctable, type=Transaction Layer, (Receiver ID)",
            "cxl_pci 0000:0d:00.0:   device [8086:0d93] error status/mask=00004000/00000000",
            "cxl_pci 0000:0d:00.0:    [14] CorrIntErr            ");
        Lines(_session).Should().Equal(
            "cxl_aer_correctable_error: memdev=mem0 host=0000:0d:00.0 serial=43968: status: 'CRC Threshold Hit'",
            "cxl_aer_correctable_error: memdev=mem0 host=0000:0d:00.0 serial=43968: status: 'Memory Data ECC Error'");
        _session.Kernel.Tracing.Main.Render().Should().Contain("irq/24-aerdrv-");
        _session.Text(Card + "aer_dev_correctable").Should().Be("RxErr 0\nBadTLP 0\nBadDLLP 0\nRollover 0\nTimeout 0\nNonFatalErr 0\nCorrIntErr 2\nHeaderOF 0\nTOTAL_ERR_COR 2");
        _session.Text(Port + "aer_rootport_total_err_cor").Should().Be("2");
        Config(_session, 0x210).Should().Be(0, "the kernel has cleared the status");
    }

    /// <summary>Nothing is reset then, and the work that takes the memdev's driver away may still be queued when it is offered again: a real one did either.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(LateSeed)]
    public void NonFatalError_TakesTheMemdevAway(ulong seed)
    {
        MachineSession session = Booted("6.12", out LogSink log, seed);
        Unmask(session);
        Write(session, Severities, 0);
        Break(session, (1, [3, 4]), (0, [0, 31]));

        string[] said = [.. log.Lines.Where(line => Regex.IsMatch(line, "Uncorr|8086:0d93.*status|Bus Error|mem0: (restart|probe|error resume|disconnect)|device recovery")).SkipWhile(line => !line.Contains("Uncorrectable", StringComparison.Ordinal))];
        string[] ends = seed == 0
            ? ["cxl_mem mem0: probe: 0", "cxl_pci 0000:0d:00.0: mem0: error resume successful", "pcieport 0000:0c:00.0: AER: device recovery successful"]
            : ["cxl_mem mem0: probe: -16", "cxl_mem mem0: probe with driver cxl_mem failed with error -16", "pcieport 0000:0c:00.0: AER: device recovery failed"];
        said.Should().Equal(
        [
            "pcieport 0000:0c:00.0: AER: Uncorrectable (Non-Fatal) error message received from 0000:0d:00.0",
            "cxl_pci 0000:0d:00.0: PCIe Bus Error: severity=Uncorrectable (Non-Fatal), type=Transaction Layer, (Receiver ID)",
            "cxl_pci 0000:0d:00.0:   device [8086:0d93] error status/mask=00400000/00000000",
            "cxl_pci 0000:0d:00.0:    [22] UncorrIntErr           (First)",
            "cxl_mem mem0: disconnect mem0 from port1",
            "cxl_pci 0000:0d:00.0: mem0: restart CXL.mem after slot reset",
            .. ends,
        ]);
        Lines(session).Should().Equal(
            "cxl_aer_uncorrectable_error: memdev=mem0 host=0000:0d:00.0 serial=43968: status: 'Cache Data Parity Error | Cache Address Parity Error' first_error: 'Cache Address Parity Error'");
        session.Text(Card + "aer_dev_nonfatal").Should().Contain("UncorrIntErr 1\n").And.EndWith("TOTAL_ERR_NONFATAL 1");
        session.Kernel.Findings.All.Count(finding => finding.Rule == KernelRules.RecoveryFailed).Should().Be(seed == 0 ? 0 : 1);
        (Config(session, Masks), Config(session, Correctables), Config(session, 0x204)).Should().Be((0x0240_0000u, 0x0000_e000u, 0u), "masks are as they were when cxl_pci came, and nothing is noted any more");
        session.Write("/sys/bus/cxl/drivers/cxl_mem/bind", "mem0").Should().Be(seed == 0 ? Errno.EBUSY : Errno.Ok);
    }

    [Fact]
    public void ErrorsOfAnUnusedMemdev_AreLeftAlone()
    {
        Unmask(_session);
        Write(_session, Severities, 0);
        _session.Write("/sys/bus/cxl/drivers/cxl_mem/unbind", "mem0").Should().Be(Errno.Ok);
        Correct(3);
        _log.Lines[^1].Should().Be("cxl_pci 0000:0d:00.0: mem0: memdev disabled, abort error handling");

        Break(_session, (7, [1, 2]));
        _log.Lines.TakeLast(2).Should().Equal("cxl_pci 0000:0d:00.0: mem0: memdev disabled, abort error handling", "pcieport 0000:0c:00.0: AER: device recovery failed");
        Lines(_session).Should().BeEmpty();
        _session.Kernel.Findings.All.Should().NotContain(finding => finding.Rule == KernelRules.RecoveryFailed, "it had no driver before");

        _session.Write("/sys/bus/cxl/drivers/cxl_mem/bind", "mem0").Should().Be(Errno.Ok);
        Correct(2);
        Lines(_session).Should().Equal("cxl_aer_correctable_error: memdev=mem0 host=0000:0d:00.0 serial=43968: status: 'CRC Threshold Hit | Retry Threshold'");
    }

    [Fact]
    public void WithoutADriver_NobodyCanSay()
    {
        Unmask(_session);
        Write(_session, Severities, 0);
        _session.Write("/sys/bus/pci/drivers/cxl_pci/unbind", "0000:0d:00.0").Should().Be(Errno.Ok);
        Break(_session, (7, [1, 2]));

        _log.Lines.TakeLast(3).Should().Equal(
            "pci 0000:0d:00.0:    [22] UncorrIntErr           (First)",
            "pci 0000:0d:00.0: AER: can't recover (no error_detected callback)",
            "pcieport 0000:0c:00.0: AER: device recovery failed");
    }

    [Fact]
    public void FatalError_ResetsTheLink()
    {
        Unmask(_session);
        Break(_session, (7, [1, 2]), (11, [7]), (14, [9]));

        string[] said = [.. _log.Lines.Where(line => Regex.IsMatch(line, "AER|Bus Error|mem0: (frozen|restart|error resume|disconnect)")).Skip(2)];
        said.Should().Equal(
            "pcieport 0000:0c:00.0: AER: Uncorrectable (Fatal) error message received from 0000:0d:00.0",
            "cxl_pci 0000:0d:00.0: AER: PCIe Bus Error: severity=Uncorrectable (Fatal), type=Inaccessible, (Unregistered Agent ID)",
            "cxl_pci 0000:0d:00.0: mem0: frozen state error detected, disable CXL.mem",
            "cxl_mem mem0: disconnect mem0 from port1",
            "pcieport 0000:0c:00.0: AER: Root Port link has been reset (0)",
            "cxl_pci 0000:0d:00.0: mem0: restart CXL.mem after slot reset",
            "cxl_pci 0000:0d:00.0: mem0: error resume successful",
            "pcieport 0000:0c:00.0: AER: device recovery successful");
        Lines(_session).Should().Equal(
            "cxl_aer_uncorrectable_error: memdev=mem0 host=0000:0d:00.0 serial=43968: status: 'Memory Data ECC Error | Receiver Overflow | Component Specific Error' first_error: 'Memory Data ECC Error'");
        _session.Text(Card + "aer_dev_fatal").Should().EndWith("TOTAL_ERR_FATAL 0", "a card with a broken link is not asked");
        _session.Text(Port + "aer_rootport_total_err_fatal").Should().Be("1");
        _session.Memdev(0xabc0).Endpoint.Should().NotBeNull();
    }

    [Theory]
    [InlineData("6.12", "PCIe Bus Error")]
    [InlineData("7.2", null)]
    public void RasMasks_AreTakenAwayBeforeSevenOnly(string version, string? said)
    {
        MachineSession session = Booted(version, out LogSink log);
        Unmask(session);
        session.Machine.DeviceActions.RaiseCorrectable("d0", 3).Should().Be(Errno.Ok);
        session.Machine.Simulation.RunUntilIdle();

        log.Lines.Any(line => line.Contains("Bus Error", StringComparison.Ordinal)).Should().Be(said is not null);
    }

    [Fact]
    public void WithoutErrorReporting_NobodyHears()
    {
        MachineSession session = Booted("6.12\", command_line: \"pci=noaer", out LogSink log);
        Unmask(session);
        session.Machine.DeviceActions.RaiseCorrectable("d0", 3).Should().Be(Errno.Ok);
        session.Machine.Simulation.RunUntilIdle();

        log.Lines.Should().NotContain(line => line.Contains("AER", StringComparison.Ordinal));
        session.Text(Port + "aer_rootport_total_err_cor").Should().Be("0");
    }

    /// <summary>A packet that was poisoned is no matter for cxl_pci; one that is malformed breaks the link. As QEMU's injection of both was answered.</summary>
    [Fact]
    public void ErrorsOfPackets_AreSaidAndSurvived()
    {
        Find(12, [0x01000000, 0x02000000, 0x03000000, 0x04000000]);
        _log.Lines.TakeLast(7).Should().Equal(
            "pcieport 0000:0c:00.0: AER: Uncorrectable (Non-Fatal) error message received from 0000:0d:00.0",
            "cxl_pci 0000:0d:00.0: PCIe Bus Error: severity=Uncorrectable (Non-Fatal), type=Transaction Layer, (Receiver ID)",
            "cxl_pci 0000:0d:00.0:   device [8086:0d93] error status/mask=00001000/02400000",
            "cxl_pci 0000:0d:00.0:    [12] TLP                    (First)",
            "cxl_pci 0000:0d:00.0: AER:   TLP Header: 01000000 02000000 03000000 04000000",
            "cxl_pci 0000:0d:00.0: mem0: error resume successful",
            "pcieport 0000:0c:00.0: AER: device recovery successful");
        Told(_session, "aer_event").Should().Equal("aer_event: 0000:0d:00.0 PCIe Bus Error: severity=Uncorrected, non-fatal, Poisoned TLP, TLP Header={0x1000000,0x2000000,0x3000000,0x4000000}");
        _session.Text(Card + "aer_dev_nonfatal").Should().Contain("\nTLP 1\n");

        Find(18, [0x11, 0x22, 0x33, 0x44]);
        _log.Lines.Should().Contain("cxl_pci 0000:0d:00.0: mem0: frozen state error detected, disable CXL.mem");
        _log.Lines[^1].Should().Be("pcieport 0000:0c:00.0: AER: device recovery successful");
    }

    /// <summary>Where in the protocol an error belongs, and who says it (<c>drivers/pci/pcie/aer.c</c>).</summary>
    [Theory]
    [InlineData(true, 0, "severity=Correctable, type=Physical Layer, (Receiver ID)", "RxErr")]
    [InlineData(true, 6, "severity=Correctable, type=Data Link Layer, (Receiver ID)", "BadTLP")]
    [InlineData(true, 8, "severity=Correctable, type=Data Link Layer, (Transmitter ID)", "Rollover")]
    [InlineData(false, 14, "severity=Uncorrectable (Non-Fatal), type=Transaction Layer, (Requester ID)", "CmpltTO")]
    [InlineData(false, 15, "severity=Uncorrectable (Non-Fatal), type=Transaction Layer, (Completer ID)", "CmpltAbrt")]
    public void Errors_HaveLayerAndAgent(bool isCorrectable, int bit, string kind, string name)
    {
        _session.Machine.DeviceActions.RaiseLinkError("d0", isCorrectable, bit, []).Should().Be(Errno.Ok);
        _session.Machine.Simulation.RunUntilIdle();

        _log.Lines.Should().Contain("cxl_pci 0000:0d:00.0: PCIe Bus Error: " + kind);
        _log.Lines.Should().Contain(line => line.StartsWith($"cxl_pci 0000:0d:00.0:    [{bit,2}] {name} ", StringComparison.Ordinal));
    }

    /// <summary>The thread of the root port ends one error before it begins the next; below a switch it is the downstream port that is reset, and nobody else.</summary>
    [Fact]
    public void ErrorsBelowOnePort_ComeOneAfterTheOther()
    {
        MachineSession session = Given.Booted(
            """
            memory: {dram: 2GiB}
            host_bridges:
              - uid: 12
                bus: 0x0c
                root_ports:
                  - switch: {ports: [{type3: {id: d0, volatile: 512MiB, report_internal_errors: true}}, {type3: {id: d1, volatile: 512MiB, report_internal_errors: true}}]}
            windows: [{targets: [12], size: 4GiB}]
            """,
            out LogSink log);
        session.Machine.DeviceActions.RaiseUncorrectable("d0", [(7, [1])]).Should().Be(Errno.Ok);
        session.Machine.Simulation.RunWithin(SimDuration.Milliseconds(110));
        session.Machine.DeviceActions.RaiseCorrectable("d1", 2).Should().Be(Errno.Ok);
        session.Machine.Simulation.RunUntilIdle();

        log.Lines.Where(line => Regex.IsMatch(line, "message received|has been reset|device recovery")).Should().Equal(
            "pcieport 0000:0c:00.0: AER: Uncorrectable (Fatal) error message received from 0000:0f:00.0",
            "pcieport 0000:0e:00.0: AER: Downstream Port link has been reset (0)",
            "pcieport 0000:0e:00.0: AER: device recovery successful",
            "pcieport 0000:0c:00.0: AER: Correctable error message received from 0000:10:00.0");
    }

    /// <summary>The event of PCI Express beside that of CXL.</summary>
    [Fact]
    public void ErrorsOfPciExpress_AreTraced()
    {
        Unmask(_session);
        Write(_session, Severities, 0);
        Correct(3);
        Break(_session, (7, [1, 2]));

        Told(_session, "aer_event").Should().Equal(
            "aer_event: 0000:0d:00.0 PCIe Bus Error: severity=Corrected, Corrected Internal Error, TLP Header=Not available",
            "aer_event: 0000:0d:00.0 PCIe Bus Error: severity=Uncorrected, non-fatal, Uncorrectable Internal Error, TLP Header=Not available");
    }

    /// <summary>Somebody else has to take the masks of the RAS registers away then.</summary>
    [Fact]
    public void NewerKernels_CallThemErrorsOfCxl()
    {
        MachineSession session = Booted("7.2", out LogSink log);
        Unmask(session);
        Write(session, Severities, 0);
        session.Machine.RegisterUnits.Single(unit => unit.Name == "d0").Registers.Single(register => register.Name == "RAS Uncorrectable Error Mask").Write(0);
        Break(session, (7, [1, 2]));

        log.Lines.Should().Contain("cxl_pci 0000:0d:00.0: CXL Bus Error: severity=Uncorrectable (Non-Fatal), type=Transaction Layer, (Receiver ID)");
        Told(session, "aer_event").Should().Equal("aer_event: 0000:0d:00.0 CXL Bus Error: severity=Uncorrected, non-fatal, Uncorrectable Internal Error, TLP Header=Not available");
    }

    [Theory]
    [InlineData("6.12", Errno.ENXIO, "Memory failure: 0x900000000: memory outside kernel control")]
    [InlineData("7.2", Errno.EBUSY, "Memory failure: 0x900000000: recovery action for non struct page pfn: Ignored")]
    public void BrokenPages_AreTraced(string version, Errno elsewhere, string said)
    {
        MachineSession session = Booted(version, out LogSink log);
        const string file = "/sys/devices/system/memory/hard_offline_page";
        session.Write(file, "0x10000000").Should().Be(Errno.Ok);
        session.Write(file, "0x10000000").Should().Be(Errno.EHWPOISON);
        session.Write(file, "0x900000000000").Should().Be(elsewhere);

        log.Lines[^1].Should().Be(said);
        Told(session, "memory_failure_event").Take(2).Should().Equal(
            "memory_failure_event: pfn 0x10000: recovery action for free buddy page: Recovered",
            "memory_failure_event: pfn 0x10000: recovery action for already poisoned: Failed");
    }

    private static MachineSession Booted(string version, out LogSink log, ulong seed = 0)
    {
        MachineSession session = Given.Booted(
            $$"""
            kernel: {version: "{{version}}"}
            memory: {dram: 2GiB, cpus: 2}
            host_bridges:
              - uid: 12
                bus: 0x0c
                root_ports:
                  - {type3: {id: d0, volatile: 512MiB, serial: 0xabc0} }
                  - {type3: {id: d1, volatile: 512MiB, serial: 0xabc1} }
            windows: [{base: 0x490000000, size: 4GiB, targets: [12]}]
            """,
            out log,
            seed);
        session.Kernel.Tracing.Main.Enabled.UnionWith(session.Kernel.Tracing.Events);
        return session;
    }

    private static void Unmask(MachineSession session)
    {
        Write(session, Masks, 0);
        Write(session, Correctables, 0);
    }

    private static void Write(MachineSession session, int offset, uint value)
    {
        OpenedFile file = new KernelTree(session).Open(["sys", "bus", "pci", "devices", "0000:0d:00.0", "config"], OpenFlags.Write).File!;
        session.Do("write", () => file.WriteAsync(offset, BitConverter.GetBytes(value)));
    }

    private static string[] Lines(MachineSession session) => Told(session, "cxl_aer");

    /// <summary>Traced lines of an event, from its name on.</summary>
    private static string[] Told(MachineSession session, string name) =>
        [.. session.Kernel.Tracing.Main.Render().Split('\n').Select(line => line.IndexOf(name, StringComparison.Ordinal) is >= 0 and var at ? line[at..] : string.Empty).Where(line => line.Length > 0)];

    private static uint Config(MachineSession session, int offset) => session.Memdev(0xabc0).Pci!.ReadConfig(offset, 4);

    private int Said(string start) => _log.Lines.Count(line => line.StartsWith(start, StringComparison.Ordinal));

    private void Find(int bit, uint[] header)
    {
        _session.Machine.DeviceActions.RaiseLinkError("d0", isCorrectable: false, bit, header).Should().Be(Errno.Ok);
        _session.Machine.Simulation.RunUntilIdle();
    }

    private void Correct(int bit)
    {
        _session.Machine.DeviceActions.RaiseCorrectable("d0", bit).Should().Be(Errno.Ok);
        _session.Machine.Simulation.RunUntilIdle();
    }

    private static void Break(MachineSession session, params (int Bit, uint[] Header)[] errors)
    {
        session.Machine.DeviceActions.RaiseUncorrectable("d0", errors).Should().Be(Errno.Ok);
        session.Machine.Simulation.RunUntilIdle();
    }
}
