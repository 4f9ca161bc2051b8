using CxlSim.Core;
using CxlSim.Spec.Cxl;

namespace CxlSim.Kernel;

/// <summary>From CDAT, links and HMAT to the performance of memory behind the whole way (<c>drivers/cxl/core/cdat.c</c>).</summary>
public static class CdatPerformance
{
    private static readonly DecoderMode[] Modes = [DecoderMode.Ram, DecoderMode.Pmem];

    /// <summary>What lies between a switch's upstream port and each downstream port (<c>cxl_switch_parse_cdat</c>).</summary>
    public static void ReadSwitch(KernelLog log, CxlPort port)
    {
        foreach ((ushort downstream, byte dataType, uint value) in CdatParser.Paths(port.Cdat ?? [], log))
        {
            SetPath(port, downstream, dataType, value);
        }
    }

    /// <summary>Performance and QoS class of a device's partitions; none where a stretch of the way is unknown (<c>cxl_endpoint_parse_cdat</c>).</summary>
    public static void ReadEndpoint(CxlCore cxl, CxlPort endpoint)
    {
        CxlMemdev memdev = (CxlMemdev)endpoint.Uport;
        if (memdev.Host is CxlPlatformDevice told)
        {
            TakeTold(memdev, told);
            return;
        }

        if (memdev.IsRestricted || endpoint.Cdat is not { Length: > 0 } cdat)
        {
            return;
        }

        IReadOnlyList<(Dpa Start, ByteSize Size, AccessCoordinates Device)> areas = CdatParser.Partitions(cdat, cxl.Core.Log, out Errno error);
        if (error != Errno.Ok)
        {
            cxl.Core.Log.Debug(endpoint, $"Failed to parse CDAT: {-(int)error}");
            return;
        }

        AccessCoordinates[]? way = WayTo(endpoint, memdev.Pci!);
        if (way is null)
        {
            cxl.Core.Log.Debug(endpoint, "Failed to retrieve ep perf coordinates.");
        }

        if (way is null || cxl.QosAnswer is not var (qosClass, highest))
        {
            cxl.Core.Log.Debug(endpoint, "Failed to do perf coord calculations.");
            return;
        }

        foreach ((Dpa start, ByteSize size, AccessCoordinates device) in areas)
        {
            if ((ulong)qosClass > highest)
            {
                cxl.Core.Log.Warning($"QTG ID {qosClass} greater than MAX {highest}");
            }

            AccessCoordinates[] coordinates = [.. way.Select(access => device.Then(access))];
            Take(cxl.Core.Log, memdev, new DpaPerformance(start, size, device, coordinates, qosClass));
        }

        if (!IsServed(cxl, endpoint, qosClass))
        {
            memdev.Performance.Clear();
        }
    }

    /// <summary>Of the partition that holds all of it (<c>cxl_memdev_set_qos_class</c>).</summary>
    private static void Take(KernelLog log, CxlMemdev memdev, DpaPerformance performance)
    {
        DpaPartitions partitions = memdev.Partitions;
        bool isAny = false;
        foreach (DecoderMode mode in Modes.Where(mode => !partitions.Of(mode).IsZero && performance.Start >= partitions.StartOf(mode) && performance.Start + performance.Size <= partitions.EndOf(mode)))
        {
            isAny = true;
            memdev.Performance[mode] = performance;
        }

        AccessCoordinates speed = performance.Coordinates[^1];
        log.Debug(memdev.Host, isAny
            ? $"DSMAS: dpa: 0x{performance.Start.Value:x} qos: {performance.QosClass} read_bw: {speed.ReadBandwidth} write_bw {speed.WriteBandwidth} read_lat: {speed.ReadLatency} write_lat: {speed.WriteLatency}"
            : $"no partition for dsmas dpa: 0x{performance.Start.Value:x}");
    }

    /// <summary>A platform device says at once what others let work out from CDAT and links (<c>mock_cxl_endpoint_parse_cdat</c>).</summary>
    private static void TakeTold(CxlMemdev memdev, CxlPlatformDevice told)
    {
        DpaPartitions partitions = memdev.Partitions;
        foreach (DecoderMode mode in Modes.Where(mode => !partitions.Of(mode).IsZero))
        {
            AccessCoordinates[] coordinates = [.. Enumerable.Repeat(told.Speed, AccessCoordinates.Classes)];
            memdev.Performance[mode] = new DpaPerformance(partitions.StartOf(mode), partitions.Of(mode), told.Speed, coordinates, told.QosClass);
        }
    }

    /// <summary>A class counts where a window of the device's host bridge is there, and some window has the class (<c>cxl_qos_class_verify</c>).</summary>
    private static bool IsServed(CxlCore cxl, CxlPort endpoint, int qosClass)
    {
        CxlRootDecoder[] windows = [.. cxl.Bus.Devices.OfType<CxlRootDecoder>()];
        CxlDport? bridge = endpoint.UpToRoot().Last().ParentDport;
        return windows.Any(window => window.QosClass == qosClass) && windows.Any(window => window.Targets.Contains(bridge));
    }

    /// <summary>From the host to the device without the device itself, by class (<c>cxl_endpoint_get_perf_coordinates</c>).</summary>
    private static AccessCoordinates[]? WayTo(CxlPort endpoint, PciDevice pci)
    {
        AccessCoordinates[] way = [.. Enumerable.Repeat(AccessCoordinates.Start, AccessCoordinates.Classes)];
        foreach (CxlPort port in endpoint.UpToRoot())
        {
            CxlDport dport = port.ParentDport!;
            bool isRootPort = dport.Port.ParentPort is { IsRoot: true }; // has no CDAT: there is nothing between it and the bridge
            if (!isRootPort && !Array.TrueForAll(dport.Coordinates, c => c.IsComplete))
            {
                return null;
            }

            for (int access = 0; access < way.Length; access++)
            {
                way[access] = (isRootPort ? way[access] : way[access].Then(dport.Coordinates[access])).Delayed(dport.LinkLatency);
            }
        }

        uint link = PciLink.Available(pci);
        return link == 0 ? null : [.. way.Select(access => access.Capped(link))];
    }

    private static void SetPath(CxlPort port, ushort downstream, byte dataType, uint value)
    {
        foreach (CxlDport dport in port.Dports.Where(dport => downstream == CdatRecords.SslbisAny || downstream == dport.PortId))
        {
            for (int access = 0; access < AccessCoordinates.Classes; access++)
            {
                dport.Coordinates[access] = dport.Coordinates[access].With(dataType, value);
            }
        }
    }
}
