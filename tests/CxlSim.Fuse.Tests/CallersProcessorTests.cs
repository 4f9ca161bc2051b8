namespace CxlSim.Fuse.Tests;

/// <summary>The thread goes where a steady caller runs, and stays where it is for all others.</summary>
public class CallersProcessorTests
{
    private static readonly uint Self = (uint)Environment.ProcessId;

    [Fact]
    public void CallerThatAsksTwice_IsFollowed() => ProcessorsAfter(Self, Self).Should().MatchRegex("^[0-9]+$", "one processor is left");

    [Theory]
    [InlineData(0, 0)] // one outside this process namespace
    [InlineData(4_000_000_000, 4_000_000_000)] // one that has ended
    [InlineData(1, 4_000_000_000)] // in turn
    public void NobodyToFollow_ChangesNothing(uint first, uint second) => ProcessorsAfter(first, second).Should().Be(ProcessorsAfter());

    /// <summary>In a thread of its own, for a thread keeps what it was given.</summary>
    private static string ProcessorsAfter(params uint[] callers)
    {
        string allowed = string.Empty;
        Thread thread = new(() =>
        {
            CallersProcessor processor = new();
            Array.ForEach(callers, processor.Follow);
            const string list = "Cpus_allowed_list:";
            allowed = File.ReadLines("/proc/thread-self/status").Single(line => line.StartsWith(list, StringComparison.Ordinal))[list.Length..].Trim();
        });
        thread.Start();
        thread.Join();
        return allowed;
    }
}
