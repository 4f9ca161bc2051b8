using CxlSim.Session;

namespace CxlSim.Views.Tests;

/// <summary>/proc/modules in the form that lsmod and libkmod read.</summary>
public sealed class ModulesViewTests
{
    [Fact]
    public void Modules_AreListedAsTheKernelDoes()
    {
        MachineSession session = Given.Booted("kernel: {modules: [cxl_pmem, kmem, nd_pmem]}\n" + Given.OneCard);

        ModulesView.Render(session.Kernel.Modules).Should().Be(
            """
            nd_pmem 24576 0 - Live 0x0000000000000000
            nd_btt 36864 1 nd_pmem, Live 0x0000000000000000
            kmem 12288 0 - Live 0x0000000000000000
            cxl_pmem 24576 0 - Live 0x0000000000000000
            libnvdimm 241664 3 nd_pmem,nd_btt,cxl_pmem, Live 0x0000000000000000

            """);
    }
}
