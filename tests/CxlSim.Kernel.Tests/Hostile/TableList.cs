using CxlSim.Core;
using CxlSim.Spec.Acpi;

namespace CxlSim.Kernel.Tests;

/// <summary>Where firmware has put its tables: those that the XSDT names, and the DSDT, which only the FADT does.</summary>
internal sealed class TableList
{
    private const int XsdtPointer = 24;
    private const int LengthField = 4;
    private const int WideDsdt = 140;
    private readonly IHostBus _bus;
    private readonly List<Hpa> _tables = [];

    public TableList(IHostBus bus, Hpa rsdp)
    {
        _bus = bus;
        Xsdt = new Hpa(ReadWide(rsdp + new ByteSize(XsdtPointer)));
        int count = (LengthOf(Xsdt) - AcpiTableHeader.SpecSize) / 8;
        for (int i = 0; i < count; i++)
        {
            Hpa table = new(ReadWide(Xsdt + new ByteSize((ulong)(AcpiTableHeader.SpecSize + (8 * i)))));
            _tables.Add(table);
            if (Read(table) == AcpiTableHeader.SignatureOf("FACP"))
            {
                _tables.Add(new Hpa(ReadWide(table + new ByteSize(WideDsdt))));
            }
        }
    }

    public Hpa Xsdt { get; }

    public IReadOnlyList<Hpa> Tables => _tables;

    public int LengthOf(Hpa table) => (int)Read(table + new ByteSize(LengthField));

    public Hpa Find(string signature) => signature == "XSDT" ? Xsdt : _tables.Find(candidate => Read(candidate) == AcpiTableHeader.SignatureOf(signature));

    /// <summary>Overwrites bytes of a table where a pattern stands; all places.</summary>
    public void Replace(string signature, ReadOnlySpan<byte> pattern, ReadOnlySpan<byte> replacement)
    {
        Hpa table = Find(signature);
        byte[] bytes = new byte[LengthOf(table)];
        _bus.Load(table, bytes);
        int found = 0;
        for (int at = AcpiTableHeader.SpecSize; at + pattern.Length <= bytes.Length; at++)
        {
            if (bytes.AsSpan(at, pattern.Length).SequenceEqual(pattern))
            {
                replacement.CopyTo(bytes.AsSpan(at));
                found++;
            }
        }

        found.Should().BePositive("the pattern is to be in {0}", signature);
        _bus.Store(table, bytes);
    }

    /// <summary>Overwrites bytes of a table at one place.</summary>
    public void Patch(string signature, int offset, ReadOnlySpan<byte> replacement) => _bus.Store(Find(signature) + new ByteSize((ulong)offset), replacement);

    private uint Read(Hpa address)
    {
        byte[] bytes = new byte[4];
        _bus.Load(address, bytes);
        return BitConverter.ToUInt32(bytes);
    }

    private ulong ReadWide(Hpa address) => Read(address) | ((ulong)Read(address + new ByteSize(4)) << 32);
}
