using CxlSim.Core;
using CxlSim.Spec.Acpi;

namespace CxlSim.Kernel;

/// <summary>A window of the mock platform (<c>mock_cedt</c> in <c>tools/testing/cxl/test/cxl.c</c>).</summary>
/// <param name="Size">Bytes.</param>
/// <param name="Kind">What it may hold beside being host-only: a restriction bit of the CFMWS.</param>
/// <param name="Granularity">Bytes; a window of one way says one too.</param>
/// <param name="Targets">UIDs of host bridges, in order.</param>
public sealed record MockWindow(ByteSize Size, ushort Kind, int Granularity, params uint[] Targets)
{
    private const ushort Ram = CedtCfmws.RestrictVolatile;
    private const ushort Pmem = CedtCfmws.RestrictPersistent;

    public static readonly IReadOnlyList<MockWindow> Modulo =
    [
        new(ByteSize.GiB(1), Ram, 4096, 0),
        new(ByteSize.GiB(2), Ram, 4096, 0, 1),
        new(ByteSize.GiB(1), Pmem, 4096, 0),
        new(ByteSize.GiB(2), Pmem, 4096, 0, 1),
        new(ByteSize.GiB(1), Pmem, 4096, 2),
        new(ByteSize.MiB(256), Ram, 4096, 3),
    ];

    public static readonly IReadOnlyList<MockWindow> Xor =
    [
        new(ByteSize.GiB(2), Pmem, 4096, 0),
        new(ByteSize.GiB(2), Pmem, 256, 0, 1),
        new(ByteSize.GiB(3), Pmem, 512, 0, 1, 2),
    ];
}
