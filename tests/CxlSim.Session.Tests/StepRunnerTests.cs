using CxlSim.Core;
using CxlSim.Views;

namespace CxlSim.Session.Tests;

/// <summary>Each verb, right and wrong. What is refused is refused as Linux does it.</summary>
public class StepRunnerTests
{
    private const string Cxl = "/sys/bus/cxl/devices/";

    [Theory]
    [InlineData("read: /sys/bus/cxl/devices/decoder0.0/create_ram_region", Errno.Ok, "region0")]
    [InlineData("read: /sys/bus/cxl/devices/decoder0.0/size", Errno.Ok, "0x100000000")]
    [InlineData("read: /bus/cxl/devices/decoder0.0/start", Errno.Ok, "0x1000000000")]
    [InlineData("read: /sys/bus/cxl/devices/nope/size", Errno.ENOENT, "")]
    [InlineData("read: /sys/bus/cxl/devices/mem0/nope", Errno.ENOENT, "")]
    [InlineData("read: /sys/bus/cxl/devices/mem0", Errno.EISDIR, "")]
    [InlineData("read: /sys/bus/cxl/devices/decoder0.0/delete_region", Errno.EACCES, "")]
    public void Read_ShowsAnAttribute(string step, Errno error, string result) => Check(Given.Booted(), step, error, result);

    [Theory]
    [InlineData(Cxl + "nope", "1", Errno.ENOENT)]
    [InlineData(Cxl + "mem0", "1", Errno.EISDIR)]
    [InlineData(Cxl + "mem0/serial", "1", Errno.EACCES)]
    [InlineData(Cxl + "decoder0.0/create_ram_region", "region0", Errno.Ok)]
    [InlineData(Cxl + "decoder0.0/create_ram_region", "region7", Errno.EBUSY)]
    [InlineData(Cxl + "decoder0.0/create_ram_region", "nonsense", Errno.EINVAL)]
    [InlineData(Cxl + "decoder0.0/delete_region", "region0", Errno.ENODEV)]
    [InlineData(Cxl + "decoder2.0/mode", "ram", Errno.Ok)]
    [InlineData(Cxl + "decoder2.0/mode", "pmem", Errno.ENXIO)]
    [InlineData(Cxl + "decoder2.0/dpa_size", "0x10000000", Errno.EINVAL)] // no mode yet
    [InlineData("/sys/bus/cxl/drivers/cxl_port/unbind", "nope", Errno.ENODEV)]
    public void Write_AnswersAsTheKernel(string path, string value, Errno error) =>
        Check(Given.Booted(), $"write: {{path: {path}, value: {value}}}", error, "");

    [Theory]
    [InlineData("offline: dax0.0", Errno.Ok, "8 blocks")]
    [InlineData("offline: region0", Errno.Ok, "8 blocks")]
    [InlineData("offline: memory512", Errno.Ok, "1 block")]
    [InlineData("offline: memory519", Errno.Ok, "1 block")]
    [InlineData("online: memory512", Errno.EINVAL, "memory512")] // it is online
    [InlineData("online: dax0.0", Errno.EINVAL, "memory512")] // the first refusal ends it
    [InlineData("offline: memory520", Errno.ENOENT, "memory520 is no memory block, and no dax device or region that has blocks")]
    [InlineData("online: dax9.9", Errno.ENOENT, "dax9.9 is no memory block, and no dax device or region that has blocks")]
    public void BlocksChangeState(string step, Errno error, string result) => Check(Given.WithRegion(), step, error, result);

    [Theory]
    [InlineData("online", "Normal")]
    [InlineData("online_kernel", "Normal")]
    [InlineData("online_movable", "Movable")]
    public void Online_PutsBlocksIntoTheZoneAskedFor(string state, string zone)
    {
        MachineSession session = Given.WithRegion();
        Check(session, "offline: dax0.0", Errno.Ok, "8 blocks");
        Check(session, $"online: {{subject: dax0.0, state: {state}}}", Errno.Ok, "8 blocks");
        session.Read("/sys/devices/system/memory/memory512/state").Text.Should().Be("online");
        session.Read("/sys/devices/system/memory/memory512/valid_zones").Text.Should().Be(zone);
    }

    [Fact]
    public void StoreAndLoad_GoThroughTheDecoders()
    {
        MachineSession session = Given.WithRegion();
        Check(session, "store: {hpa: 0x1000000010, value: 0x1122334455667788}", Errno.Ok, "(card dpa 0x10)");
        Check(session, "load: {hpa: 0x1000000010}", Errno.Ok, "0x1122334455667788 (card dpa 0x10)");
        Check(session, "load: {hpa: 0x1000000010, value: 0x1122334455667788}", Errno.Ok, "0x1122334455667788 (card dpa 0x10)");
        Check(session, "load: {hpa: 0x1000000010, value: 5}", Errno.EINVAL, "0x1122334455667788 (card dpa 0x10), expected 0x5");
        Check(session, "load: {device: card, dpa: 0x10, value: 0x1122334455667788}", Errno.Ok, "0x1122334455667788");
        Check(session, "load: {device: card, dpa: 0x18, value: 7}", Errno.EINVAL, "0x0, expected 0x7");
    }

    [Theory]
    [InlineData("load: {hpa: 0x1000000000}", Errno.EIO, "nothing answers")] // in the window, but no decoder is committed
    [InlineData("store: {hpa: 0x1000000000, value: 1}", Errno.EIO, "nothing answers")]
    [InlineData("load: {hpa: 0xffffffffffffffff}", Errno.EIO, "nothing answers")]
    [InlineData("load: {device: card, dpa: 0x3ffffff8}", Errno.Ok, "0x0")]
    [InlineData("load: {device: card, dpa: 0x3ffffff9}", Errno.EIO, "nothing answers")] // eight bytes do not fit before the end
    [InlineData("load: {device: nobody, dpa: 0}", Errno.ENODEV, "no device of the platform file has this name")]
    [InlineData("store: {hpa: 0x100000, value: 1}", Errno.Ok, "")] // DRAM
    public void MemoryThatIsNotThere_IsAnError(string step, Errno error, string result) => Check(Given.Booted(), step, error, result);

    /// <summary>A platform file may expect something of a device that it does not have.</summary>
    [Theory]
    [InlineData("1GiB")]
    [InlineData("0")]
    public void DeviceThatDoesNotExist_IsAnUnmetExpectation(string size)
    {
        MachineSession session = Given.Booted($"{Given.OneCard}\nsteps: [{{read: {Cxl}mem0/serial, expect: {{in_use: {{cart: {size}}}}}}}]\n");
        StepOutcome outcome = new StepRunner(session).Run(session.Machine.Platform.Steps[0]);

        outcome.IsAsExpected.Should().BeFalse();
        outcome.Unmet.Should().ContainSingle().Which.Should().Match<UnmetExpectation>(unmet => unmet.What == "memory of cart" && unmet.Found == "no such device; there is card" && unmet.Location.Line == 6);
    }

    [Theory]
    [InlineData("{read: /sys/nope, expect: ENOENT}", true)]
    [InlineData("{read: /sys/nope, expect: EBUSY}", false)]
    [InlineData("{read: /sys/nope}", false)]
    [InlineData("{read: /sys/bus/cxl/devices/decoder0.0/size, expect: ENOENT}", false)]
    public void Expectation_DecidesWhetherAStepIsRight(string step, bool right) => Given.Booted().Do(step).IsAsExpected.Should().Be(right);

    [Fact]
    public void Outcome_NamesStepAndPlace()
    {
        StepOutcome outcome = Given.Booted().Do("{read: /sys/nope, expect: EBUSY}");
        outcome.Text.Should().Be("read /sys/nope");
        outcome.Expected.Should().Be(Errno.EBUSY);
        outcome.Location.ToString().Should().Be("p.yaml:7:5");
    }

    private static void Check(MachineSession session, string step, Errno error, string result)
    {
        StepOutcome outcome = session.Do(step);
        (outcome.Error, outcome.Result).Should().Be((error, result), step);
    }
}
