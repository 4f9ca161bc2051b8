using CxlSim.Core;
using CxlSim.Session;
using CxlSim.Views;

namespace CxlSim.Kernel.Tests.CxlTest;

/// <summary>A plain PC with the module cxl_test, loaded.</summary>
internal static class MockMachine
{
    public const string Platform = """
        kernel: {cxl_test: true, command_line: memhp_default_state=offline}
        memory: {dram: 4GiB, cpus: 2}
        """;

    /// <summary>The last 64 GiB of 46 bits: host bridge registers, and 256 MiB later the windows.</summary>
    public const ulong Pool = 0x3ff0_0000_0000;
    public const ulong Windows = Pool + 0x1000_0000;

    public static MachineSession Loaded(string options = "")
    {
        MachineSession session = Given.Booted(Platform);
        session.Load("cxl_test", options).Should().Be(Errno.Ok);
        return session;
    }

    public static string Cxl(this MachineSession session, string file) => session.Text(Given.Devices + file);

    /// <summary>/proc/iomem.</summary>
    public static string Iomem(this MachineSession session) => IomemView.Render(session.Kernel.Iomem);

    public static Errno Put(this MachineSession session, string file, string value) => session.Write(Given.Devices + file, value);
}
