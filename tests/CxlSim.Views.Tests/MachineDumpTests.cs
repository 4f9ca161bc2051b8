using CxlSim.Session;

namespace CxlSim.Views.Tests;

/// <summary>Two dumps against each other.</summary>
public class MachineDumpTests
{
    [Fact]
    public void Changes_StandInTheirSections()
    {
        MachineSession session = Given.WithRegion();
        string before = MachineDump.Render(session.Machine);
        MachineDump.Compare(before, before).Should().BeEmpty();

        session.Kernel.Log.Info("somebody: said a word");

        MachineDump.Compare(before, MachineDump.Render(session.Machine)).Should().Be("log\n  + somebody: said a word\n");
    }

    /// <summary>What a program writes to the log looks like the head of a section.</summary>
    [Fact]
    public void TextThatLooksLikeASection_IsNone()
    {
        MachineSession session = Given.WithRegion();
        string before = MachineDump.Render(session.Machine);

        session.Kernel.Log.Info("somebody: said\n=== devices\nx");

        MachineDump.Compare(before, MachineDump.Render(session.Machine)).Should().Be("log\n  + somebody: said\n  +  === devices\n  + x\n");
    }

    [Fact]
    public void SectionsThatAFileHasTwice_AreOne() => MachineDump.Compare("=== a\nb\n=== a\nc\n", "=== a\nb\nc\n").Should().BeEmpty();
}
