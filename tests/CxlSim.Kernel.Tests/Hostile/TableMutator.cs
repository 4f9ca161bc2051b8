using CxlSim.Core;
using CxlSim.Spec.Acpi;

namespace CxlSim.Kernel.Tests;

/// <summary>Spoils what firmware left in memory, where it lies: bits, bytes, lengths, pointers.</summary>
internal sealed class TableMutator(IHostBus bus, Random random)
{
    private const int LengthField = 4;

    /// <summary>Values that length fields go wrong with.</summary>
    private static readonly uint[] Lies = [0, 1, 2, 3, 4, 7, 8, 0x23, 0x24, 0x7f, 0xff, 0x100, 0xffff, 0x1_0000, 0x7fff_ffff, 0xffff_ffff];

    /// <summary>A few changes in one table, or one to the list of tables.</summary>
    public void SpoilTables(Hpa rsdp)
    {
        TableList list = new(bus, rsdp);
        Hpa table = random.Next(12) == 0 ? list.Xsdt : random.Next(40) == 0 ? rsdp : list.Tables[random.Next(list.Tables.Count)];
        byte[] bytes = new byte[table == rsdp ? Rsdp.SpecSize : list.LengthOf(table)];
        bus.Load(table, bytes);
        bus.Store(table, Spoil(bytes, table == rsdp ? 0 : AcpiTableHeader.SpecSize));
    }

    /// <summary>A few changes in the table of a signature; <c>RSDP</c> is the root pointer.</summary>
    public void SpoilTable(Hpa rsdp, string signature)
    {
        TableList list = new(bus, rsdp);
        bool isRoot = signature == "RSDP";
        Hpa table = isRoot ? rsdp : list.Find(signature);
        byte[] bytes = new byte[isRoot ? Rsdp.SpecSize : list.LengthOf(table)];
        bus.Load(table, bytes);
        bus.Store(table, Spoil(bytes, isRoot ? 0 : AcpiTableHeader.SpecSize));
    }

    /// <summary>A copy of some bytes with a few changes from <paramref name="body"/> on; its length field may lie too.</summary>
    public byte[] Spoil(byte[] bytes, int body)
    {
        bytes = [.. bytes];
        for (int i = random.Next(1, 5); i > 0; i--)
        {
            int at = body < bytes.Length ? random.Next(body, bytes.Length) : random.Next(bytes.Length);
            switch (random.Next(6))
            {
                case 0:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 2:
                    random.NextBytes(bytes.AsSpan(at, Math.Min(bytes.Length - at, random.Next(1, 16))));
                    break;
                case 3:
                    Lie(bytes, at);
                    break;
                case 4:
                    bytes.AsSpan(at, Math.Min(bytes.Length - at, 8)).Fill((byte)(random.Next(2) * 0xff));
                    break;
                case 5 when body >= 8:
                    Lie(bytes, LengthField, (uint)random.Next(bytes.Length + 64)); // shorter, or longer than what is there
                    break;
            }
        }

        return bytes;
    }

    private void Lie(byte[] bytes, int at) => Lie(bytes, at, Lies[random.Next(Lies.Length)]);

    private void Lie(byte[] bytes, int at, uint value)
    {
        byte[] field = BitConverter.GetBytes(value);
        int width = Math.Min(bytes.Length - at, 1 << random.Next(3));
        field.AsSpan(0, width).CopyTo(bytes.AsSpan(at));
    }
}
