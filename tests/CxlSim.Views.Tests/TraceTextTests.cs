using CxlSim.Engine;

namespace CxlSim.Views.Tests;

/// <summary>Each kind of record as its line.</summary>
public class TraceTextTests
{
    public static TheoryData<TraceRecord, string> Lines => new()
    {
        { new PhaseEntered("AcpiScan"), "phase AcpiScan" },
        { new MilestoneReached("DaxProbe", "dax0.0"), "milestone DaxProbe dax0.0" },
        { new LogLine(6, "hello"), "log <6> hello" },
        { new ObjectCreated("/devices/x"), "created /devices/x" },
        { new ObjectRemoved("/devices/x"), "removed /devices/x" },
        { new DriverBound("kmem", "dax0.0"), "bound kmem dax0.0" },
        { new DriverUnbound("kmem", "dax0.0"), "unbound kmem dax0.0" },
        { new Refused("dax0.0", "EINVAL"), "refused dax0.0 EINVAL" },
        { new AttributeWritten("/sys/x", "1", "Ok"), "wrote /sys/x 1 Ok" },
        { new RegisterWritten("card", "Control", 0x1300), "register card Control 0x1300" },
        { new CommandCompleted("card", 0x4000, 0), "mailbox card 0x4000 0x0" },
        { new RequestServed("read /sys/x"), "request read /sys/x" },
    };

    [Theory]
    [MemberData(nameof(Lines))]
    public void Record_IsOneLine(TraceRecord record, string text) => TraceText.Line(new SimTime(1_500), 7, record).Should().Be("1500 7 " + text);

    [Fact]
    public void EveryKindOfRecord_IsTested() =>
        Lines.Select(row => row[0].GetType()).Should().BeEquivalentTo(typeof(TraceRecord).Assembly.GetTypes().Where(type => type.BaseType == typeof(TraceRecord)));
}
