using System.Text;
using System.Text.RegularExpressions;
using CxlSim.Core;
using CxlSim.Session;
using CxlSim.Spec.Cxl;

namespace CxlSim.Kernel.Tests.Behaviour;

/// <summary>The machine of recording 11-ras under a version of Linux, with a region and all trace events on; and the recorded commands of the monitor.</summary>
internal sealed class TracedMachine
{
    public const string Media = """
        {"execute":"cxl-inject-general-media-event","arguments":{"path":"/machine/peripheral/d0","log":"informational","flags":1,"dpa":6144,"descriptor":3,"type":3,"transaction-type":192,"channel":3,"rank":17,"device":5,"component-id":"iras mem"}}
        """;

    public const string FatalMedia = """
        {"execute":"cxl-inject-general-media-event","arguments":{"path":"/machine/peripheral/d1","log":"fatal","flags":1,"dpa":402653184,"descriptor":3,"type":3,"transaction-type":192,"channel":3,"rank":17,"device":5,"component-id":"iras mem"}}
        """;

    public const string Dram = """
        {"execute":"cxl-inject-dram-event","arguments":{"path":"/machine/peripheral/d0","log":"warning","flags":1,"dpa":4096,"descriptor":3,"type":1,"transaction-type":192,"channel":3,"rank":17,"nibble-mask":421234,"bank-group":7,"bank":11,"row":2,"column":77,"correction-mask":[33,44,55,66]}}
        """;

    public const string Module = """
        {"execute":"cxl-inject-memory-module-event","arguments":{"path":"/machine/peripheral/d0","log":"failure","flags":1,"type":3,"health-status":3,"media-status":7,"additional-status":33,"life-used":30,"temperature":15,"dirty-shutdown-count":4,"corrected-volatile-error-count":3233,"corrected-persistent-error-count":1300}}
        """;

    private const string Machine = """
        memory: {dram: 2GiB, cpus: 2}
        host_bridges:
          - uid: 12
            bus: 0x0c
            root_ports: [{at: 00.0, port: 0, type3: {id: d0, volatile: 512MiB, serial: 0xabc0}}, {at: 01.0, port: 1, type3: {id: d1, volatile: 512MiB, serial: 0xabc1}}]
        windows: [{base: 0x490000000, size: 4GiB, targets: [12]}]
        steps:
          - create-region: {decoder: decoder0.0, memdevs: [d0, d1], size: 512MiB, granularity: 256}
        """;

    public TracedMachine(string version)
    {
        Session = Given.AfterSteps($"kernel: {{version: \"{version}\"}}\n{Machine}");
        Session.Kernel.Tracing.Main.Enabled.UnionWith(Session.Kernel.Tracing.Events);
    }

    public MachineSession Session { get; }

    public void Inject(string command)
    {
        OpenedFile port = new KernelTree(Session).Open(["dev", "ttyS1"], OpenFlags.Read | OpenFlags.Write).File!;
        Session.Do("write", () => port.WriteAsync(0, Encoding.UTF8.GetBytes("QMP " + command.Trim() + "\n")));
        Encoding.UTF8.GetString(Session.Do("read", () => port.ReadAsync(0, 4096)).Bytes.Span).Should().Be("{\"return\": {}}\n");
    }

    /// <summary>A record as the first device sends it: its kind, and bytes at their offsets.</summary>
    public void Send(Guid kind, params ReadOnlySpan<(int Offset, byte[] Bytes)> fields)
    {
        byte[] record = new byte[EventRecord.Size];
        kind.ToByteArray(bigEndian: true).CopyTo(record, 0);
        foreach ((int offset, byte[] bytes) in fields)
        {
            bytes.CopyTo(record, offset);
        }

        Session.Machine.DeviceActions.AddEvent("d0", EventLogKind.Warning, record).Should().Be(Errno.Ok);
        Session.Machine.Simulation.RunUntilIdle();
    }

    /// <summary>Kind and text of each event, without its time.</summary>
    public string[] Lines() =>
    [
        .. Session.Kernel.Tracing.Main.Render().Split('\n').Where(line => line.Contains(": cxl_", StringComparison.Ordinal))
            .Select(line => Regex.Replace(line[(line.IndexOf(": cxl_", StringComparison.Ordinal) + 2)..], " time=[0-9]+ ", " time=T ")),
    ];
}
