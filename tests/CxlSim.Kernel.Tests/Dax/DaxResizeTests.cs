using CxlSim.Core;
using CxlSim.Session;
using static CxlSim.Kernel.Tests.DaxMachine;

namespace CxlSim.Kernel.Tests;

/// <summary>Which ranges a device gets and gives (rules D-07, D-10, D-20, D-30 to D-35; cases 0 to 5 of ndctl's daxctl-create.sh).</summary>
public sealed class DaxResizeTests
{
    [Theory]
    [InlineData("0=0", "dax0.0", "")] // case 0
    [InlineData("0=0 + 1=8", "dax0.1", "0:0-8@0")] // case 1
    [InlineData("0=2 + 1=2 + 2=2 -1 + 1=4", "dax0.1", "0:2-4@0 1:6-8@2")] // case 2: the hole, then the end
    [InlineData("0=0 + 1=2 + 2=2 + 3=2 -1 + 1=4", "dax0.1", "0:0-2@0 1:6-8@2")] // case 3: the beginning, then the end
    [InlineData("0=1 + 1=1 0=2 1=2 0=3 1=3 0=4 1=4", "dax0.0", "0:0-1@0 1:2-3@1 2:4-5@2 3:6-7@3")] // case 4: by turns
    [InlineData("0=1 + 1=1 0=2 1=2 0=3 1=3 0=4 1=4", "dax0.1", "0:1-2@0 1:3-4@1 2:5-6@2 3:7-8@3")]
    [InlineData("0=0 + 1=2 + 2=2 + 3=2 + 4=2 -1 -4 2=4", "dax0.2", "0:2-4@0 1:0-2@2")] // case 5: never downwards
    [InlineData("0=0 + 1=2 + 2=2 + 3=2 + 4=2 -1 -4 2=4 3=4", "dax0.3", "0:4-8@0")] // case 5: in place
    [InlineData("0=0 + 1=1 0=2", "dax0.0", "0:1-3@0")] // D-30: the first gap is behind dax0.1
    [InlineData("0=4 0=6", "dax0.0", "0:0-6@0")]
    [InlineData("0=0 0:4-5 0=2", "dax0.0", "0:4-5@0 1:0-1@1")] // D-30: space at the beginning of the region comes first
    [InlineData("0=0 0:4-5 0=6", "dax0.0", "0:4-5@0 1:0-4@1 2:5-6@5")] // D-31: a range that is not the last by offset does not grow
    [InlineData("0=0 0:0-1 0:4-5 0=3", "dax0.0", "0:0-1@0 1:4-5@1 2:1-2@2")] // D-31: nor where it would close a hole
    [InlineData("0=1 + 1=1 0=4 0=2", "dax0.0", "0:0-1@0 1:2-3@1")] // D-33: the last is trimmed at its end
    [InlineData("0=1 + 1=1 0=4 0=1", "dax0.0", "0:0-1@0")] // D-33: and dropped whole
    [InlineData("0=1 + 1=1 0=4 0=1 0=3", "dax0.0", "0:0-1@0 1:2-4@1")] // D-20: its number is free again
    [InlineData("0=0 0:6-8 0:2-3 0=0", "dax0.0", "")]
    public void Ranges_AreTakenInAddressOrder_AndKeepTheirOffsets(string commands, string dax, string ranges)
    {
        MachineSession session = Unbound();

        session.Do(commands);

        session.Ranges(dax).Should().Be(ranges);
    }

    /// <summary>D-07, D-12: the lowest number that is free; 0 stays.</summary>
    [Fact]
    public void Numbers_AreUsedAgain()
    {
        MachineSession session = Unbound();
        session.Do("0=1 + + + -2 +");

        session.Kernel.Dax.Bus.Devices.Select(device => device.Name).Should().Equal("dax0.0", "dax0.1", "dax0.3", "dax0.2");
        session.Text(Region + "create").Should().Be("dax0.2");
        session.Do("0=0");
        session.Write(Region + "delete", "dax0.0").Should().Be(Errno.EBUSY);
    }

    /// <summary>D-60: the lowest free minor at creation, kept whatever is bound.</summary>
    [Fact]
    public void Minors_AreTheLowestThatAreFree()
    {
        MachineSession session = Unbound();
        session.Do("0=1 + + -1 +");

        session.Text(Dax + "dax0.0/dev").Should().EndWith(":0");
        session.Text(Dax + "dax0.2/dev").Should().EndWith(":2");
        session.Text(Dax + "dax0.1/dev").Should().EndWith(":1");
    }

    /// <summary>D-10: room counts, not the size that the new device has.</summary>
    [Fact]
    public void Creation_NeedsRoom()
    {
        MachineSession session = Unbound();

        session.Write(Region + "create", "1").Should().Be(Errno.ENOSPC);
        session.Do("0=7 +");
        session.Text(Dax + "dax0.1/size").Should().Be("0");
        session.Text(Region + "available_size").Should().Be("134217728");
    }

    /// <summary>D-11: only a made device is the seed, the first that is not bound yet; then no other is until one is made.</summary>
    [Fact]
    public void Seed_IsTheFirstMadeDeviceWithoutADriver()
    {
        MachineSession session = Unbound();
        Seed(session).Should().BeEmpty("the first device was not made by hand");
        session.Do("0=1 + 1=1 + 2=1");
        (Seed(session), session.Text(Region + "create")).Should().Be(("dax0.1", "dax0.2"));

        session.Write(Drivers + "kmem/bind", "dax0.1").Should().Be(Errno.Ok);
        Seed(session).Should().BeEmpty("it does not move on to dax0.2");

        session.Do("+");
        Seed(session).Should().Be("dax0.3");
        session.Write(Region + "delete", "dax0.3").Should().Be(Errno.Ok);
        (Seed(session), session.Text(Region + "create")).Should().Be(("", ""));
    }

    /// <summary>D-34, and the table of 1.3: what a write to mapping answers.</summary>
    [Theory]
    [InlineData("0x1020000000-0x1027ffffff", Errno.Ok, "0:0-4@0 1:4-5@4")]
    [InlineData("0X1020000000-1027FFFFFF", Errno.Ok, "0:0-4@0 1:4-5@4")]
    [InlineData("1020000000-1020000fff", Errno.Ok, "0:0-4@0")] // not a multiple of 2 MiB: no effect
    [InlineData("0-1", Errno.Ok, "0:0-4@0")]
    [InlineData("1018000000-101fffffff", Errno.ENOMEM, "0:0-4@0")] // its own
    [InlineData("1040000000-1047ffffff", Errno.ENOMEM, "0:0-4@0")] // behind the region
    [InlineData("1020001000-101fffffff", Errno.Ok, "0:0-4@0")] // wraps around to a length that is no multiple
    [InlineData("1020000000-101fffffff", Errno.EBUSY, "0:0-4@0")] // wraps around to nothing
    [InlineData("1020000000", Errno.EINVAL, "0:0-4@0")]
    [InlineData("1020000000-", Errno.EINVAL, "0:0-4@0")]
    [InlineData("1-2-3", Errno.EINVAL, "0:0-4@0")]
    [InlineData("g-h", Errno.EINVAL, "0:0-4@0")]
    public void Mapping_TakesExactlyTheRange(string value, Errno error, string ranges)
    {
        MachineSession session = Unbound();
        session.Do("0=4");

        session.Write(Dax + "dax0.0/mapping", value).Should().Be(error);

        session.Ranges("dax0.0").Should().Be(ranges);
    }

    /// <summary>D-34: a driver that is bound does not keep ranges out.</summary>
    [Fact]
    public void Mapping_IsNotHeldUpByADriver()
    {
        MachineSession session = Unbound();
        session.Do("0=4");
        session.Write(Drivers + "kmem/bind", "dax0.0").Should().Be(Errno.Ok);

        session.Do("0:6-7");

        session.Ranges("dax0.0").Should().Be("0:0-4@0 1:6-7@4");
        session.Blocks().Should().Be("512- 513- 514- 515-");
    }

    /// <summary>D-22, D-35: lengths count, in units of 2 MiB or of a larger alignment.</summary>
    [Theory]
    [InlineData("4096", "0x1000", Errno.EINVAL)]
    [InlineData("4096", "0x200000", Errno.Ok)]
    [InlineData("1073741824", "0x20000000", Errno.EINVAL)]
    [InlineData("1073741824", "0", Errno.Ok)]
    public void Sizes_AreMultiplesOfTheUnit(string alignment, string size, Errno error)
    {
        MachineSession session = Unbound();
        session.Write(Dax + "dax0.0/align", alignment).Should().Be(Errno.Ok);

        session.Write(Dax + "dax0.0/size", size).Should().Be(error);
    }

    /// <summary>The lines of dynamic debugging: kinds as recorded, ranges from the last to the first.</summary>
    [Fact]
    public void Log_SaysWhatBecomesOfRanges()
    {
        MachineSession session = Unbound();
        session.Do("0=1 + 1=1");
        int before = session.Kernel.Log.Lines.Count;

        session.Do("0=3 0=1");
        session.Do("0=2");
        session.Write(Given.Devices + "decoder0.0/delete_region", "region0").Should().Be(Errno.Ok);

        session.Kernel.Log.Lines.Skip(before).Select(line => line.Text).Where(line => line.Contains("range[", StringComparison.Ordinal) || line.Contains("dax_mapping", StringComparison.Ordinal)).Should().Equal(
            "dax dax0.0: alloc range[1]: 0x0000001010000000:0x000000101fffffff",
            " mapping1: unregister_dax_mapping",
            "dax dax0.0: delete range[1]: 0x1010000000:0x101fffffff",
            "dax dax0.0: alloc range[1]: 0x0000001010000000:0x0000001017ffffff",
            " mapping0: unregister_dax_mapping",
            "dax dax0.1: delete range[0]: 0x1008000000:0x100fffffff",
            " mapping1: unregister_dax_mapping",
            " mapping0: unregister_dax_mapping",
            "dax dax0.0: delete range[1]: 0x1010000000:0x1017ffffff",
            "dax dax0.0: delete range[0]: 0x1000000000:0x1007ffffff");
    }

    private static string Seed(MachineSession session) => session.Text(Region + "seed");
}
