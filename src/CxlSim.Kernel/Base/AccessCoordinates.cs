namespace CxlSim.Kernel;

/// <summary>How memory is reached: latency in nanoseconds, bandwidth in MB/s; 0 where it is not known (<c>struct access_coordinate</c>).</summary>
public readonly record struct AccessCoordinates(uint ReadLatency, uint WriteLatency, uint ReadBandwidth, uint WriteBandwidth)
{
    /// <summary>Classes of access: 0 from any initiator, 1 from CPUs only.</summary>
    public const int Classes = 2;

    /// <summary>The way of no length.</summary>
    public static readonly AccessCoordinates Start = new(0, 0, uint.MaxValue, uint.MaxValue);

    public bool IsEmpty => this == default;

    /// <summary>A stretch that lacks a number makes the whole way unknown (<c>coordinates_valid</c>).</summary>
    public bool IsComplete => ReadLatency > 0 && WriteLatency > 0 && ReadBandwidth > 0 && WriteBandwidth > 0;

    /// <summary>One stretch after the other: latencies add up, the narrowest counts.</summary>
    public AccessCoordinates Then(AccessCoordinates next) => new(
        Add(ReadLatency, next.ReadLatency),
        Add(WriteLatency, next.WriteLatency),
        Math.Min(ReadBandwidth, next.ReadBandwidth),
        Math.Min(WriteBandwidth, next.WriteBandwidth));

    /// <summary>Side by side: bandwidths add up, the slowest counts.</summary>
    public AccessCoordinates Beside(AccessCoordinates other) => new(
        Math.Max(ReadLatency, other.ReadLatency),
        Math.Max(WriteLatency, other.WriteLatency),
        Add(ReadBandwidth, other.ReadBandwidth),
        Add(WriteBandwidth, other.WriteBandwidth));

    public AccessCoordinates Delayed(uint latency) => this with { ReadLatency = Add(ReadLatency, latency), WriteLatency = Add(WriteLatency, latency) };

    public AccessCoordinates Capped(uint bandwidth) => this with
    {
        ReadBandwidth = Math.Min(ReadBandwidth, bandwidth), WriteBandwidth = Math.Min(WriteBandwidth, bandwidth),
    };

    /// <summary>With one kind of number replaced; HMAT and CDAT count the kinds alike.</summary>
    public AccessCoordinates With(byte dataType, uint value) => dataType switch
    {
        Spec.Cxl.CdatRecords.DataAccessLatency => this with { ReadLatency = value, WriteLatency = value },
        Spec.Cxl.CdatRecords.DataReadLatency => this with { ReadLatency = value },
        Spec.Cxl.CdatRecords.DataWriteLatency => this with { WriteLatency = value },
        Spec.Cxl.CdatRecords.DataAccessBandwidth => this with { ReadBandwidth = value, WriteBandwidth = value },
        Spec.Cxl.CdatRecords.DataReadBandwidth => this with { ReadBandwidth = value },
        Spec.Cxl.CdatRecords.DataWriteBandwidth => this with { WriteBandwidth = value },
        _ => this,
    };

    private static uint Add(uint left, uint right) => (uint)Math.Min(uint.MaxValue, (ulong)left + right);
}
