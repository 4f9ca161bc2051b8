namespace CxlSim.Cli;

/// <summary>How the program ends.</summary>
public static class ExitCode
{
    public const int Success = 0;

    /// <summary>The run is complete, but a step or a check did not end as expected.</summary>
    public const int NotAsExpected = 1;

    /// <summary>The command line or the platform file makes no sense; nothing was run.</summary>
    public const int BadInput = 2;

    /// <summary>The user ended it before its end (128 and SIGINT, as of a shell).</summary>
    public const int Interrupted = 130;

    /// <summary>Somebody else did, such as a CI system (128 and SIGTERM).</summary>
    public const int Terminated = 143;

    /// <summary>Its terminal is gone (128 and SIGHUP).</summary>
    public const int HungUp = 129;

    /// <summary>The simulator broke a rule of its own (EX_SOFTWARE of sysexits.h).</summary>
    public const int SimulatorBug = 70;
}
