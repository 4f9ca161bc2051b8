using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace CxlSim.Core;

/// <summary>Statements that only a bug of the simulator can make false. Never used on anything a user or a modelled machine supplies.</summary>
public static class Check
{
    public static void That([DoesNotReturnIf(false)] bool condition, string expectation)
    {
        if (!condition)
        {
            throw new SimulatorBugException(expectation);
        }
    }

    public static void That<T1>([DoesNotReturnIf(false)] bool condition, string format, T1 first)
    {
        if (!condition)
        {
            throw new SimulatorBugException(string.Format(CultureInfo.InvariantCulture, format, first));
        }
    }

    public static void That<T1, T2>([DoesNotReturnIf(false)] bool condition, string format, T1 first, T2 second)
    {
        if (!condition)
        {
            throw new SimulatorBugException(string.Format(CultureInfo.InvariantCulture, format, first, second));
        }
    }

    [DoesNotReturn]
    public static void Unreachable(string what) => throw new SimulatorBugException("unreachable: " + what);
}
