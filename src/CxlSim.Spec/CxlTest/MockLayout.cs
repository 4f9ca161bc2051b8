using CxlSim.Core;

namespace CxlSim.Spec.CxlTest;

/// <summary>The mock platform of cxl_test: how many of each unit there are, which stands below which, and where their component and device registers (CXL r3.1 8.2.4, 8.2.8) lie (<c>tools/testing/cxl/test/cxl.c</c>).</summary>
/// <remarks>The module allocates host bridge registers and windows from a pool at the top of the address space. Registers of the other units, which
/// the real module only pretends to have, lie between the two, where its allocator leaves room.</remarks>
public static class MockLayout
{
    public const int HostBridges = 4;

    /// <summary>Host bridges with two root ports each; then one with a single root port follows, then a CXL 1.1 host.</summary>
    public const int MultiBridges = 2;
    public const int SingleBridge = 2;
    public const int RestrictedBridge = 3;

    /// <summary>One switch below each.</summary>
    public const int RootPorts = 5;
    public const int MultiRootPorts = 4;

    /// <summary>Downstream ports of switches, with one memory device below each.</summary>
    public const int Memdevs = 10;
    public const int MultiMemdevs = 8;

    /// <summary>The instance of the CXL 1.1 device.</summary>
    public const int RestrictedMemdev = 10;

    /// <summary>HDM decoders of every port and endpoint, and targets of every port's decoders.</summary>
    public const int Decoders = 8;
    public const int Targets = 2;

    private const ulong BlockStride = 0x10000;

    /// <summary>The last 64 GiB of what 46 bits address.</summary>
    public static readonly AddressRange Pool = AddressRange.Of(new Hpa((1UL << 46) - (64UL << 30)), ByteSize.GiB(64));

    /// <summary>What the windows, and the regions in them, are aligned to.</summary>
    public static readonly ByteSize WindowUnit = ByteSize.MiB(256);

    /// <summary>The first window follows the host bridges' registers.</summary>
    public static Hpa FirstWindow => Pool.Start + WindowUnit;

    /// <summary>The region that firmware left at the start of the first window, over devices 0 and 4.</summary>
    public static ByteSize AutoRegion => ByteSize.MiB(512);

    public static Hpa Control => At(8, 0);

    /// <summary>Component registers; of the last one the RCRB.</summary>
    public static Hpa HostBridge(int bridge) => At(0, bridge);

    /// <summary>Component registers of a switch.</summary>
    public static Hpa Switch(int uport) => At(1, uport);

    /// <summary>Component registers of the CXL 1.1 host's downstream port.</summary>
    public static Hpa RestrictedPort => At(1, RootPorts);

    /// <summary>Component registers of a memory device.</summary>
    public static Hpa MemdevComponents(int memdev) => At(2, memdev);

    /// <summary>Device registers of a memory device, its mailbox among them.</summary>
    public static Hpa MemdevRegisters(int memdev) => At(4, memdev);

    public static int BridgeOfRootPort(int port) => port < MultiRootPorts ? port % MultiBridges : SingleBridge;

    public static int SwitchOfDport(int dport) => dport < MultiMemdevs ? dport % MultiRootPorts : MultiRootPorts;

    private static Hpa At(ulong mebibytes, int block) => Pool.Start + ByteSize.MiB(mebibytes) + new ByteSize(BlockStride * (ulong)block);
}
