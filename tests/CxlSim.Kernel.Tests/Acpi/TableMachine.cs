using CxlSim.Core;
using CxlSim.Engine;
using CxlSim.Spec.Acpi;
using CxlSim.Spec.Efi;

namespace CxlSim.Kernel.Tests;

/// <summary>No machine but its memory: tables written by hand, read by a kernel that boots until all its nodes are known.</summary>
internal sealed class TableMachine : IHostBus
{
    private const ulong RsdpAddress = 0x1000;
    private readonly byte[] _memory = new byte[1 << 20];
    private readonly List<ulong> _tables = [];
    private readonly List<EfiMemoryDescriptor> _efi = [];
    private readonly Dictionary<string, string> _config = [];
    private string _commandLine = string.Empty;
    private Version _version = new(6, 12);
    private int _next = 0x2000;

    /// <summary>Nothing here interrupts.</summary>
    public event Action<Bdf, int>? Interrupted
    {
        add { }
        remove { }
    }

    public LogSink Log { get; } = new();

    /// <summary>One range of the EFI map.</summary>
    public TableMachine Ram(ulong first, ulong last) => Efi(first, last, EfiMemoryType.Conventional, EfiMemoryAttributes.WriteBack);

    public TableMachine Efi(ulong first, ulong last, EfiMemoryType type, EfiMemoryAttributes attributes) =>
        Efi(new EfiMemoryDescriptor { Type = (uint)type, PhysicalStart = first, NumberOfPages = ((last - first) >> 12) + 1, Attribute = (ulong)attributes });

    public TableMachine Efi(EfiMemoryDescriptor descriptor)
    {
        _efi.Add(descriptor);
        return this;
    }

    /// <summary>The kernel that boots.</summary>
    public TableMachine Kernel(string commandLine = "", string version = "6.12", params string[] enabled)
    {
        _commandLine = commandLine;
        _version = Version.Parse(version);
        foreach (string option in enabled)
        {
            string[] words = option.Split('=');
            _config[words[0]] = words.Length > 1 ? words[1] : "y";
        }

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
        byte[] efi = [.. _efi.SelectMany(entry => BinaryLayout.ToBytes(entry))];
        BootHandoff handoff = new(efi, EfiMemoryDescriptor.SpecSize, EfiMemoryDescriptor.Version, new Hpa(RsdpAddress), _commandLine, []);
        Simulation simulation = new(1);
        simulation.AddSink(Log);
        KernelTiming timing = new(SimDuration.Zero, SimDuration.Zero, SimDuration.Zero);
        LinuxKernel kernel = new(simulation, this, new KernelConfig(_version, _config), timing, handoff);
        KernelBoot boot = new(kernel);
        boot.MemoryMap();
        if (!kernel.HasPanicked)
        {
            boot.NumaNodes();
            boot.ContiguousMemory();
            kernel.Memory.ChooseBlockSize(kernel.E820.MaxAddress);
        }

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
