using System.CommandLine;

namespace CxlSim.Cli;

/// <summary><c>cxlsim replay FILE</c>: plays a recording, and says whether the same trace comes of it.</summary>
internal static class ReplayCommand
{
    public static Command Create()
    {
        Argument<string> recording = FileArgument.One("recording", "A file that --record wrote, or that a bug of the simulator left.");
        Option<string?> trace = new("--trace") { HelpName = "file", Description = "Write every event of the run to a file." };
        Option<string?> dmesg = new("--dmesg") { HelpName = "file", Description = "Write the whole kernel log to a file." };
        Option<bool> quiet = new("--quiet") { Description = "Print nothing; the exit code says it all." };
        Command command = new("replay", "Play a recording, and say whether the same trace comes of it.") { recording, trace, dmesg, quiet };
        command.Validators.Add(result => DifferentFiles.Demand(result, recording, trace, dmesg));
        command.SetAction(parsed => new ReplayRun(
            new ReplayOptions(parsed.GetValue(recording)!, parsed.GetValue(trace), parsed.GetValue(dmesg), parsed.GetValue(quiet))).Execute());
        return command;
    }
}
