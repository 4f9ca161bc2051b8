using CxlSim.Core;
using CxlSim.Engine;
using CxlSim.Spec.Acpi;
using CxlSim.Spec.Efi;

namespace CxlSim.Kernel.Tests;

/// <summary>No machine but its memory: tables written by hand, read by a kernel that boots up to its NUMA nodes.</summary>
internal sealed class TableMachine : IHostBus
{
    private const ulong RsdpAddress = 0x1000;
    private readonly byte[] _memory = new byte[1 << 20];
    private readonly List<ulong> _tables = [];
    private readonly List<(ulong First, ulong Last, EfiMemoryType Type)> _efi = [];
    private int _next = 0x2000;

    /// <summary>Nothing here interrupts.</summary>
    public event Action<Bdf, int>? Interrupted
    {
        add { }
        remove { }
    }

    public LogSink Log { get; } = new();

    /// <summary>One range of the EFI map.</summary>
    public TableMachine Ram(ulong first, ulong last)
    {
        _efi.Add((first, last, EfiMemoryType.Conventional));
        return this;
    }

    public TableMachine Table(string signature, byte revision, byte[] body)
    {
        _tables.Add(Place(signature, revision, body));
        return this;
    }

    public LinuxKernel Boot()
    {
        ulong xsdt = Place("XSDT", 1, [.. _tables.SelectMany(BitConverter.GetBytes)]);
        BinaryLayout.ToBytes(new Rsdp { Signature = Rsdp.ExpectedSignature, Revision = 2, Length = 36, XsdtAddress = xsdt }).CopyTo(_memory, (int)RsdpAddress);
        byte[] efi = [.. _efi.SelectMany(entry => BinaryLayout.ToBytes(new EfiMemoryDescriptor
        {
            Type = (uint)entry.Type,
            PhysicalStart = entry.First,
            NumberOfPages = ((entry.Last - entry.First) >> 12) + 1,
            Attribute = (ulong)EfiMemoryAttributes.WriteBack,
        }))];
        BootHandoff handoff = new(efi, EfiMemoryDescriptor.SpecSize, EfiMemoryDescriptor.Version, new Hpa(RsdpAddress), string.Empty, []);
        Simulation simulation = new(1);
        simulation.AddSink(Log);
        KernelTiming timing = new(SimDuration.Zero, SimDuration.Zero);
        LinuxKernel kernel = new(simulation, this, new KernelConfig(new Version(6, 12), new Dictionary<string, string>()), timing, handoff);
        KernelBoot boot = new(kernel);
        boot.MemoryMap();
        boot.NumaNodes();
        return kernel;
    }

    uint IHostBus.ReadConfig(Bdf function, int offset, int width) => uint.MaxValue;

    void IHostBus.WriteConfig(Bdf function, int offset, int width, uint value)
    {
    }

    ulong IHostBus.ReadRegister(Hpa address, int width) => ulong.MaxValue;

    void IHostBus.WriteRegister(Hpa address, int width, ulong value)
    {
    }

    BusResult IHostBus.Load(Hpa address, Span<byte> destination)
    {
        if (address.Value > (ulong)(_memory.Length - destination.Length))
        {
            return BusResult.DecodeError;
        }

        _memory.AsSpan((int)address.Value, destination.Length).CopyTo(destination);
        return BusResult.Done;
    }

    BusResult IHostBus.Store(Hpa address, ReadOnlySpan<byte> source) => BusResult.DecodeError;

    private ulong Place(string signature, byte revision, byte[] body)
    {
        AcpiTableHeader header = new()
        {
            Signature = AcpiTableHeader.SignatureOf(signature), Length = (uint)(AcpiTableHeader.SpecSize + body.Length), Revision = revision,
        };
        int at = _next;
        byte[] bytes = [.. BinaryLayout.ToBytes(header), .. body];
        bytes.CopyTo(_memory, at);
        _next = (at + bytes.Length + 63) & ~63;
        return (ulong)at;
    }
}
